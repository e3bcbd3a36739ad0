import { Button } from 'antd';
import type { ReactNode } from 'react';

/** A list that is read page by page. */
interface Pages {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => Promise<unknown>;
}

/** The button that reads the next page of a list; nothing where there is none. */
export function MoreRows({
  pages: { hasNextPage, isFetchingNextPage, fetchNextPage },
  children,
}: {
  readonly pages: Pages;
  readonly children: ReactNode;
}): ReactNode {
  if (!hasNextPage) return null;
  return (
    <div>
      <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
        {children}
      </Button>
    </div>
  );
}
