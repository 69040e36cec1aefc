import { t } from '../l10n.js';
import { VirtualList } from '../list/virtualList.js';
import { handleMarkdownClick } from '../markdown/markdownClicks.js';
import { IconButton } from '../shell/iconButton.js';
import { EventRow } from './eventRow.js';
import { FindBar } from './findBar.js';
import { Reading } from './reading.js';
import { transcriptList } from './transcriptList.js';
import type { TranscriptRow } from './transcriptRows.js';

export function TranscriptView() {
  return (
    <div class="transcript">
      <FindBar />
      <VirtualList
        controller={transcriptList}
        label={t('Conversation')}
        render={drawRow}
        onClick={handleMarkdownClick}
      />
      {!transcriptList.following.value && (
        <IconButton
          class="to-end"
          icon="arrow-down"
          label={t('Scroll to End')}
          onClick={() => transcriptList.scrollToEnd()}
        />
      )}
    </div>
  );
}

function drawRow(row: TranscriptRow) {
  switch (row.type) {
    case 'event':
      return <EventRow event={row.event} visible={row.visible} />;
    case 'horizon':
      return (
        <div class="horizon" role="separator" aria-label={t('The model can see from here down')}>
          <span class="codicon codicon-eye" aria-hidden="true" />
          <span>{t('The model can see from here down')}</span>
        </div>
      );
    case 'reading':
      return <Reading />;
    case 'older':
      return <div class="older">{t('Loading older messages…')}</div>;
  }
}
