import { ShowMore } from '../../../ui/show-more.tsx';

interface Pages {
  readonly data: { readonly consultations: readonly unknown[]; readonly total: number | null } | undefined;
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  fetchNextPage(): Promise<unknown>;
}

/** Below consultations that come page by page: how many of them stand there, and the way on. */
export function MoreConsultations({ of: pages }: { of: Pages }) {
  if (!pages.data) return null;
  return (
    <ShowMore
      shown={pages.data.consultations.length}
      total={pages.data.total}
      hasMore={pages.hasNextPage}
      isBusy={pages.isFetchingNextPage}
      onMore={() => void pages.fetchNextPage()}
    />
  );
}
