import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import type { ListController } from './listController.js';
import type { ListRow } from './listLayout.js';

interface VirtualListProps<Row extends ListRow> {
  readonly controller: ListController<Row>;
  readonly label: string;
  readonly render: (row: Row) => ComponentChildren;
  readonly onClick?: (event: MouseEvent) => void;
}

/** A scrolling list of any length that holds only the rows near the viewport in the document. */
export function VirtualList<Row extends ListRow>({ controller, label, render, onClick }: VirtualListProps<Row>) {
  const scroller = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const window = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (scroller.current && body.current && window.current)
      return controller.attach(scroller.current, body.current, window.current);
    return undefined;
  }, [controller]);
  const { first, end } = controller.range.value;
  const rows = controller.rows.value.slice(first, end);
  useLayoutEffect(() => controller.settle());
  return (
    <div ref={scroller} class="list" role="log" aria-live="off" aria-label={label} tabIndex={0} onClick={onClick}>
      <div ref={body} class="list-body">
        <div ref={window} class="list-window">
          {rows.map((row) => (
            <VirtualRow key={row.key} controller={controller} row={row} render={render} />
          ))}
        </div>
      </div>
    </div>
  );
}

interface VirtualRowProps<Row extends ListRow> {
  readonly controller: ListController<Row>;
  readonly row: Row;
  readonly render: (row: Row) => ComponentChildren;
}

function VirtualRow<Row extends ListRow>({ controller, row, render }: VirtualRowProps<Row>) {
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    controller.track(row.key, element.current);
    return () => controller.track(row.key, null);
  }, [controller, row.key]);
  return (
    <div ref={element} class="list-row">
      {render(row)}
    </div>
  );
}
