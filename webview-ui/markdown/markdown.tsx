import { Component } from 'preact';
import { useRef } from 'preact/hooks';
import { blockHtml, growBlocks, type Block } from './blocks.js';
import { CodeBlock } from './codeBlock.js';

interface MarkdownProps {
  readonly text: string;
  /** Whether more text is to come. */
  readonly growing: boolean;
}

/** Markdown that may still grow: only the blocks that have changed are drawn again. */
export function Markdown({ text, growing }: MarkdownProps) {
  const blocks = useRef<readonly Block[]>([]);
  blocks.current = growBlocks(blocks.current, text);
  return (
    <div class="markdown">
      {blocks.current.map((block) => (
        <BlockView key={block.start} block={block} keep={!growing} />
      ))}
    </div>
  );
}

interface BlockProps {
  readonly block: Block;
  /** Whether the drawn block is worth remembering: one that still grows is not. */
  readonly keep: boolean;
}

class BlockView extends Component<BlockProps> {
  override shouldComponentUpdate(next: BlockProps): boolean {
    return next.block !== this.props.block;
  }

  override render() {
    const { block, keep } = this.props;
    if (block.code) return <CodeBlock text={block.code.text} language={block.code.language} />;
    return <div class="markdown-block" dangerouslySetInnerHTML={{ __html: blockHtml(block, keep) }} />;
  }
}
