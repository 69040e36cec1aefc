import { diffLines } from './diffLines.js';

const MARKS = { added: '+', removed: '−', context: ' ', gap: ' ', place: '' } as const;

export function DiffView({ text }: { readonly text: string }) {
  return (
    <pre class="diff" tabIndex={0}>
      {diffLines(text).map((line, index) => (
        <div key={index} class={`diff-line diff-${line.kind}`}>
          <span class="diff-mark">{MARKS[line.kind]}</span>
          {line.text || ' '}
        </div>
      ))}
    </pre>
  );
}
