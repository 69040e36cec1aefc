import { l10n } from 'vscode';
import type { ConversationTexts } from './conversation.js';

export const conversationTexts: ConversationTexts = {
  waiting: () => l10n.t('Your question is asked as soon as the engine is ready.'),
  takenBack: () => l10n.t('The question was taken back before it was asked.'),
  notAsked: (reason) => l10n.t('The question was not answered: {0}', reason),
};
