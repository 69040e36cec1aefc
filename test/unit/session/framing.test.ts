import { describe, expect, test } from 'vitest';
import { framingFromTemplate } from '../../../inference/session/framing.js';

const CHATML = `{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}`;

/** Puts a default system prompt in front, as Qwen2.5 does. */
const QWEN = `{%- if messages[0]['role'] == 'system' %}{{- '<|im_start|>system\n' + messages[0]['content'] + '<|im_end|>\n' }}{%- else %}{{- '<|im_start|>system\nYou are Qwen.<|im_end|>\n' }}{%- endif %}{%- for message in messages %}{%- if message.role == 'user' or (message.role == 'system' and not loop.first) or message.role == 'assistant' %}{{- '<|im_start|>' + message.role + '\n' + message.content + '<|im_end|>' + '\n' }}{%- endif %}{%- endfor %}{%- if add_generation_prompt %}{{- '<|im_start|>assistant\n' }}{%- endif %}`;

/** No system role, turns must alternate. */
const GEMMA = `{{ bos_token }}{% if messages[0]['role'] == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}{% for message in messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('roles must alternate') }}{% endif %}{% if (message['role'] == 'assistant') %}{% set role = 'model' %}{% else %}{% set role = message['role'] %}{% endif %}{{ '<start_of_turn>' + role + '\n' + message['content'] | trim + '<end_of_turn>\n' }}{% endfor %}{% if add_generation_prompt %}{{'<start_of_turn>model\n'}}{% endif %}`;

/** Rewrites earlier turns: only the last answer keeps its text. */
const FORGETFUL = `{% for message in messages %}{% if message.role == 'assistant' and not loop.last %}<a></a>{% else %}<{{ message.role }}>{{ message.content }}</{{ message.role }}>{% endif %}{% endfor %}{% if add_generation_prompt %}<assistant>{% endif %}`;

/** Mistral-7B-Instruct v0.2: an answer follows what closes the question, and ends with the end of a text. */
const MISTRAL = `{{ bos_token }}{% for message in messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}{% endif %}{% if message['role'] == 'user' %}{{ '[INST] ' + message['content'] + ' [/INST]' }}{% elif message['role'] == 'assistant' %}{{ message['content'] + eos_token}}{% else %}{{ raise_exception('Only user and assistant roles are supported!') }}{% endif %}{% endfor %}`;

/** Mistral-7B-Instruct v0.3 and Llama 2: a blank before each answer. */
const BLANK_BEFORE = `{{ bos_token }}{% for message in messages %}{% if message['role'] == 'user' %}{{ '[INST] ' + message['content'] + '[/INST]' }}{% elif message['role'] == 'assistant' %}{{ ' ' + message['content'] | trim + eos_token }}{% else %}{{ raise_exception('Only user and assistant roles are supported!') }}{% endif %}{% endfor %}`;

/** Zephyr and TinyLlama. */
const ZEPHYR = `{% for message in messages %}\n{% if message['role'] == 'user' %}\n{{ '<|user|>\n' + message['content'] + eos_token }}\n{% elif message['role'] == 'system' %}\n{{ '<|system|>\n' + message['content'] + eos_token }}\n{% elif message['role'] == 'assistant' %}\n{{ '<|assistant|>\n'  + message['content'] + eos_token }}\n{% endif %}\n{% if loop.last and add_generation_prompt %}\n{{ '<|assistant|>' }}\n{% endif %}\n{% endfor %}`;

/** The end of a text stands at the end of the whole conversation only. */
const ENDS_ONCE = `{% for message in messages %}<{{ message.role }}>{{ message.content }}</{{ message.role }}>{% endfor %}{% if add_generation_prompt %}<assistant>{% else %}{{ eos_token }}{% endif %}`;

/** Nothing is between a question and its answer. */
const BARE = `{% for message in messages %}{% if message.role == 'user' %}Q: {{ message.content }}{% else %}{{ message.content }}\n{% endif %}{% endfor %}`;

describe('framingFromTemplate', () => {
  test.each([
    ['ChatML', CHATML],
    ['Qwen', QWEN],
  ])('takes the turns out of the %s template', (_, template) => {
    const framing = framingFromTemplate(template, '<|im_end|>');
    expect(framing.name).toBe('template');
    expect(framing.turns.system).toEqual({ open: '<|im_start|>system\n', close: '<|im_end|>\n' });
    expect(framing.turns.user).toEqual({ open: '<|im_start|>user\n', close: '<|im_end|>\n' });
    expect(framing.turns.assistant).toEqual({ open: '<|im_start|>assistant\n', close: '<|im_end|>\n' });
    expect(framing.turns.edit).toEqual({ open: '<|im_start|>user\n[edit]\n', close: '<|im_end|>\n' });
  });

  test('says the system prompt as the user where a template knows no system role', () => {
    const framing = framingFromTemplate(GEMMA);
    expect(framing.name).toBe('template');
    expect(framing.turns.system).toEqual({ open: '<start_of_turn>user\n', close: '<end_of_turn>\n' });
    expect(framing.turns.assistant).toEqual({ open: '<start_of_turn>model\n', close: '<end_of_turn>\n' });
  });

  test('an answer is opened by what closes the question where a template has nothing else', () => {
    const { name, turns } = framingFromTemplate(MISTRAL, '</s>');
    expect(name).toBe('template');
    expect(turns.user).toEqual({ open: '[INST] ', close: '' });
    expect(turns.assistant).toEqual({ open: ' [/INST]', close: '</s>' });
    // What is no question gets no answer, and is closed all the same.
    expect(turns.edit).toEqual({ open: '[INST] [edit]\n', close: ' [/INST]' });
    expect(turns.system).toEqual({ open: '[INST] ', close: ' [/INST]' });
  });

  test('a blank before each answer is left to the answer', () => {
    const { name, turns } = framingFromTemplate(BLANK_BEFORE, '</s>');
    expect(name).toBe('template');
    expect(turns.user).toEqual({ open: '[INST] ', close: '' });
    expect(turns.assistant).toEqual({ open: '[/INST]', close: '</s>' });
  });

  test('the end of a text belongs to the turns that end with it', () => {
    const { name, turns } = framingFromTemplate(ZEPHYR, '</s>');
    expect(name).toBe('template');
    expect(turns.user).toEqual({ open: '<|user|>\n', close: '</s>\n' });
    expect(turns.assistant).toEqual({ open: '<|assistant|>\n', close: '</s>\n' });
    expect(turns.system).toEqual({ open: '<|system|>\n', close: '</s>\n' });
  });

  test('and to none where it ends the whole conversation', () => {
    const { name, turns } = framingFromTemplate(ENDS_ONCE, '</s>');
    expect(name).toBe('template');
    expect(turns.assistant).toEqual({ open: '<assistant>', close: '</assistant>' });
  });

  test.each([
    ['is missing', undefined],
    ['leaves open where an answer begins', BARE],
    ['rewrites earlier turns', FORGETFUL],
    ['is broken', '{% for %}'],
  ])('uses ChatML, and says why, when the template %s', (_, template) => {
    const framing = framingFromTemplate(template);
    expect(framing.name).toBe('chatml');
    expect(framing.reason).toMatch(/template/);
    expect(framing.turns.user.open).toBe('<|im_start|>user\n');
  });
});
