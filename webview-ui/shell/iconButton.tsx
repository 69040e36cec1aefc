interface IconButtonProps {
  /** Name of the codicon. */
  readonly icon: string;
  /** Accessible name and tooltip. */
  readonly label: string;
  readonly disabled?: boolean;
  /** For buttons inside markdown, which share one handler. */
  readonly action?: string;
  readonly class?: string;
  readonly onClick?: () => void;
}

export function IconButton({ icon, label, disabled, action, class: extra, onClick }: IconButtonProps) {
  return (
    <button
      type="button"
      class={extra ? `icon-button ${extra}` : 'icon-button'}
      title={label}
      aria-label={label}
      disabled={disabled ?? false}
      data-action={action}
      onClick={onClick}
    >
      <span class={`codicon codicon-${icon}`} aria-hidden="true" />
    </button>
  );
}
