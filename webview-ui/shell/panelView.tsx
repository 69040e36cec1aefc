import { Composer } from '../chat/composer.js';
import { EmptyState } from '../chat/emptyState.js';
import { TranscriptView } from '../chat/transcriptView.js';
import { WindowSection } from '../map/windowSection.js';
import { panel } from '../state/store.js';
import { Announcer } from './announcer.js';
import { ErrorBanner } from './errorBanner.js';
import { Header } from './header.js';
import { HealthBanner } from './healthBanner.js';
import { NoticeBar } from './noticeBar.js';
import { isReadOnly } from './readOnly.js';
import { ReadOnlyBanner } from './readOnlyBanner.js';
import { TrustBanner } from './trustBanner.js';

export function PanelView() {
  const { events } = panel.transcript.value;
  // The system prompt alone is no conversation yet.
  const empty = panel.loaded.value && events.every((event) => event.kind === 'system');
  return (
    <main class="panel">
      <h1 class="visually-hidden">Endless</h1>
      <Header />
      {!isReadOnly(panel.engine.value) && <WindowSection />}
      {empty ? <EmptyState /> : <TranscriptView />}
      <ReadOnlyBanner />
      <TrustBanner />
      <ErrorBanner />
      <HealthBanner />
      <NoticeBar />
      <Composer />
      <Announcer />
    </main>
  );
}
