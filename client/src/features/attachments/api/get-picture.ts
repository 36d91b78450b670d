import { type RenditionRole, renditionPath } from '@jaqyn/shared/attachments/attachment.contract';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ProblemError } from '../../../lib/problem-error.ts';

interface Picture {
  readonly id: string;
  readonly role: RenditionRole;
  readonly page: number;
}

/** The bytes stay in memory as long as somebody looks, and for a few minutes; never in a cache that outlives the page. */
export function usePicture(picture: Picture | null) {
  const query = useQuery({
    queryKey: ['attachment-bytes', picture?.id, picture?.role, picture?.page],
    queryFn: ({ signal }) => load(picture as Picture, signal),
    enabled: picture !== null,
    // What was drawn never changes.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 5 * 60_000,
    retry: 3,
  });
  const url = useObjectUrl(query.data);
  return { ...query, url };
}

async function load({ id, role, page }: Picture, signal: AbortSignal): Promise<Blob> {
  let response: Response;
  try {
    response = await fetch(renditionPath(id, role, page), { signal, credentials: 'same-origin' });
    if (response.ok) return await response.blob();
  } catch (error) {
    if (signal.aborted) throw error;
    throw ProblemError.local('network.unreachable', error);
  }
  throw ProblemError.fromAnswer(response.status, await response.json().catch(() => undefined));
}

function useObjectUrl(blob: Blob | undefined): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!blob) return;
    const made = URL.createObjectURL(blob);
    // oxlint-disable-next-line react/set-state-in-effect -- it lives as long as the effect, which is what lets go of it
    setUrl(made);
    return () => {
      URL.revokeObjectURL(made);
      setUrl(undefined);
    };
  }, [blob]);
  return url;
}
