/**
 * How events look in a model's own chat template.
 *
 * A template is a program that renders a whole conversation; a stream can only be extended. So the template is run once
 * on a conversation of known words, and the text around them gives what opens and closes a turn of each role. Where
 * putting the pieces together again does not give the template's own output (it moves the system prompt, drops earlier
 * reasoning, refuses a second question), a fixed framing of the ChatML kind is used instead.
 */
import { Template } from '@huggingface/jinja';

export type Role = 'system' | 'user' | 'assistant' | 'edit' | 'file' | 'memory' | 'recall';

export interface Turn {
  readonly open: string;
  readonly close: string;
}

export interface Framing {
  readonly name: 'endless' | 'template' | 'chatml';
  readonly turns: Readonly<Record<Role, Turn>>;
  /** Why the model's own template is not used. */
  readonly reason?: string;
}

/** docs/stream-format.md */
export const ENDLESS: Framing = {
  name: 'endless',
  turns: {
    system: { open: '<|system|>', close: '<|end|>' },
    user: { open: '<|user|>', close: '<|end|>' },
    assistant: { open: '<|assistant|>', close: '<|end|>' },
    edit: { open: '<|edit|>', close: '<|end|>' },
    file: { open: '<|file|>', close: '<|end|>' },
    memory: { open: '<|memory|>', close: '<|end|>' },
    recall: { open: '<|recall|>', close: '<|end|>' },
  },
};

const chatml = (role: string): Turn => ({ open: `<|im_start|>${role}\n`, close: '<|im_end|>\n' });

/** The kinds that ordinary templates have no role for are said by the user's side, with a heading. */
function withHeadings(system: Turn, user: Turn, assistant: Turn): Framing['turns'] {
  const headed = (heading: string): Turn => ({ open: `${user.open}[${heading}]\n`, close: user.close });
  return {
    system,
    user,
    assistant,
    edit: headed('edit'),
    file: headed('file'),
    memory: headed('remember'),
    recall: headed('recalled from earlier'),
  };
}

const CHATML: Framing = {
  name: 'chatml',
  turns: withHeadings(chatml('system'), chatml('user'), chatml('assistant')),
};

/**
 * @param template Jinja source from the GGUF (`tokenizer.chat_template`).
 * @param eos text of the token that ends a text, by which many templates end each answer.
 */
export function framingFromTemplate(template: string | undefined, eos = ''): Framing {
  if (template === undefined) return { ...CHATML, reason: 'the model has no chat template' };
  let reason: unknown;
  // Where it stands at the end of the whole conversation only, it is none of the turns'.
  for (const end of new Set([eos, ''])) {
    try {
      return { name: 'template', turns: probe(template, end) };
    } catch (error) {
      reason = error;
    }
  }
  return { ...CHATML, reason: `the model's chat template cannot be extended turn by turn (${String(reason)})` };
}

interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

const SYSTEM: Message = { role: 'system', content: 'SYSTEMWORD' };
const ASK: Message = { role: 'user', content: 'FIRSTWORD' };
const ANSWER: Message = { role: 'assistant', content: 'SECONDWORD' };
const ASK_AGAIN: Message = { role: 'user', content: 'THIRDWORD' };
const ANSWER_AGAIN: Message = { role: 'assistant', content: 'FOURTHWORD' };

function probe(source: string, eos: string): Framing['turns'] {
  const template = new Template(source);
  // The stream has one BOS, put there by the session, so the template's own is rendered as nothing.
  const render = (messages: readonly Message[], prompt: boolean): string =>
    template.render({
      messages: [...messages],
      add_generation_prompt: prompt,
      bos_token: '',
      eos_token: eos,
      tools: null,
    });

  const asked = render([ASK, ANSWER, ASK_AGAIN], false);
  const userClose = after(asked, ASK_AGAIN.content);
  const prompted = without(after(render([ASK, ANSWER, ASK_AGAIN], true), ASK_AGAIN.content), userClose, 'start');
  const answered = render([ASK, ANSWER, ASK_AGAIN, ANSWER_AGAIN], false);
  const assistantClose = after(answered, ANSWER_AGAIN.content);
  const beforeAnswer = without(between(answered, ASK_AGAIN.content, ANSWER_AGAIN.content), userClose, 'start');
  // A blank before each answer is no opening: it belongs to the first token of the answer.
  const assistantOpen = prompted === '' && beforeAnswer.trim() === '' ? beforeAnswer : prompted;
  const userOpen = without(between(answered, ANSWER.content, ASK_AGAIN.content), assistantClose, 'start');
  const user = { open: userOpen, close: userClose };
  const assistant = { open: assistantOpen, close: assistantClose };
  const system = probeSystem(render, user);

  const frame = (turn: Turn, message: Message): string => turn.open + message.content + turn.close;
  const conversation = [ASK, ANSWER, ASK_AGAIN, ANSWER_AGAIN];
  const rebuilt = conversation.map((message) => frame(message.role === 'user' ? user : assistant, message)).join('');
  // Templates without a system message may add one of their own in front, so only the end has to agree.
  if (!answered.endsWith(rebuilt)) throw new Error('it renders earlier turns differently');
  const turns = withHeadings(system, user, assistant);
  if (prompted !== '') return turns;
  // The model goes on from an opening, so there has to be one: what closes a question then is what opens its answer.
  if (userClose === '') throw new Error('nothing tells that an answer begins');
  return { ...turns, user: { open: userOpen, close: '' }, assistant: { open: userClose, close: assistantClose } };
}

function probeSystem(render: (messages: readonly Message[], prompt: boolean) => string, user: Turn): Turn {
  try {
    const text = render([SYSTEM, ASK], false);
    const open = text.slice(0, text.indexOf(SYSTEM.content));
    const close = without(between(text, SYSTEM.content, ASK.content), user.open, 'end');
    if (text !== open + SYSTEM.content + close + user.open + ASK.content + user.close)
      throw new Error('system is moved');
    return { open, close };
  } catch {
    // Gemma and others know no system role: the prompt is then the first thing that the user's side says.
    return user;
  }
}

function after(text: string, word: string): string {
  const at = text.lastIndexOf(word);
  if (at < 0) throw new Error(`it drops a message`);
  return text.slice(at + word.length);
}

function between(text: string, first: string, second: string): string {
  const start = text.indexOf(first);
  const end = text.indexOf(second);
  if (start < 0 || end < start) throw new Error('it drops or reorders messages');
  return text.slice(start + first.length, end);
}

function without(text: string, part: string, side: 'start' | 'end'): string {
  if (side === 'start' && text.startsWith(part)) return text.slice(part.length);
  if (side === 'end' && text.endsWith(part)) return text.slice(0, text.length - part.length);
  throw new Error('its turns cannot be told apart');
}
