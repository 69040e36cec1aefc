import { describe, expect, test } from 'vitest';
import { framingFromTemplate } from '../../../inference/session/framing.js';

const CHATML = `{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}`;

/** Puts a default system prompt in front, as Qwen2.5 does. */
const QWEN = `{%- if messages[0]['role'] == 'system' %}{{- '<|im_start|>system\n' + messages[0]['content'] + '<|im_end|>\n' }}{%- else %}{{- '<|im_start|>system\nYou are Qwen.<|im_end|>\n' }}{%- endif %}{%- for message in messages %}{%- if message.role == 'user' or (message.role == 'system' and not loop.first) or message.role == 'assistant' %}{{- '<|im_start|>' + message.role + '\n' + message.content + '<|im_end|>' + '\n' }}{%- endif %}{%- endfor %}{%- if add_generation_prompt %}{{- '<|im_start|>assistant\n' }}{%- endif %}`;

/** No system role, turns must alternate. */
const GEMMA = `{{ bos_token }}{% if messages[0]['role'] == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}{% for message in messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('roles must alternate') }}{% endif %}{% if (message['role'] == 'assistant') %}{% set role = 'model' %}{% else %}{% set role = message['role'] %}{% endif %}{{ '<start_of_turn>' + role + '\n' + message['content'] | trim + '<end_of_turn>\n' }}{% endfor %}{% if add_generation_prompt %}{{'<start_of_turn>model\n'}}{% endif %}`;

/** Rewrites earlier turns: only the last answer keeps its text. */
const FORGETFUL = `{% for message in messages %}{% if message.role == 'assistant' and not loop.last %}<a></a>{% else %}<{{ message.role }}>{{ message.content }}</{{ message.role }}>{% endif %}{% endfor %}{% if add_generation_prompt %}<assistant>{% endif %}`;

describe('framingFromTemplate', () => {
  test.each([
    ['ChatML', CHATML],
    ['Qwen', QWEN],
  ])('takes the turns out of the %s template', (_, template) => {
    const framing = framingFromTemplate(template);
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

  test.each([
    ['is missing', undefined],
    ['rewrites earlier turns', FORGETFUL],
    ['is broken', '{% for %}'],
  ])('uses ChatML, and says why, when the template %s', (_, template) => {
    const framing = framingFromTemplate(template);
    expect(framing.name).toBe('chatml');
    expect(framing.reason).toMatch(/template/);
    expect(framing.turns.user.open).toBe('<|im_start|>user\n');
  });
});
