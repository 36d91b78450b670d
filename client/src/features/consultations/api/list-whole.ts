import { useEffect } from 'react';
import { useConsultationPages, type View } from './list-consultations.ts';

/** All of a list, page after page without being asked: for a screen on which nobody presses anything. Undefined until it is whole. */
export function useWholeList(view: View) {
  const pages = useConsultationPages(view);
  const { hasNextPage, isFetching, isError, fetchNextPage } = pages;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage]);
  return { data: hasNextPage ? undefined : pages.data?.consultations, error: pages.error };
}
