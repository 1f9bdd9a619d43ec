/** Overlays: what opens from a button's `overlay` prop — Modal, Panel, Tooltip. */
import { X } from 'lucide-react';
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { say, type WithChildren } from './props.ts';

interface Overlay {
  readonly open: boolean;
  readonly hinted: boolean;
  readonly hintId: string;
  readonly setOpen: (open: boolean) => void;
}
const OverlayContext = createContext<Overlay | null>(null);

/** `closeOverlay(id)` and the SDK's reactions reach overlays by id, wherever they are. */
const bus = new EventTarget();
const tell = (id: string, open: boolean) =>
  bus.dispatchEvent(new CustomEvent(id, { detail: open }));
export const closeOverlay = (id: string): void => void tell(id, false);
export const reactions = {
  openPanel: (id: string) => void tell(id, true),
  closePanel: closeOverlay,
  openModal: (id: string) => void tell(id, true),
  closeModal: closeOverlay,
};

interface WithOverlayProps {
  readonly overlay: ReactNode;
  readonly children: (open: () => void) => ReactNode;
}

/** A trigger and its overlay; without an overlay, just the trigger. */
export function WithOverlay({ overlay, children }: WithOverlayProps) {
  const [open, setOpen] = useState(false);
  const [hinted, setHinted] = useState(false);
  const hintId = useId();
  if (overlay === undefined || overlay === null) return children(() => undefined);
  return (
    <OverlayContext.Provider value={{ open, hinted, hintId, setOpen }}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: only watches its own button for the tooltip */}
      <span
        className="uie-trigger"
        onPointerEnter={() => setHinted(true)}
        onPointerLeave={() => setHinted(false)}
        onFocus={() => setHinted(true)}
        onBlur={() => setHinted(false)}
      >
        {children(() => setOpen(true))}
      </span>
      {overlay}
    </OverlayContext.Provider>
  );
}

interface DialogProps extends WithChildren {
  readonly id: string;
  readonly title?: string;
  readonly width?: string;
  readonly 'aria-label'?: string;
  readonly onOpen?: () => void;
  readonly onClose?: () => void;
}

function Dialog({
  kind,
  id,
  title,
  width = 'sm',
  onOpen,
  onClose,
  children,
  ...rest
}: DialogProps & { readonly kind: string }) {
  const overlay = useContext(OverlayContext);
  const element = useRef<HTMLDialogElement>(null);
  const setOpen = overlay?.setOpen;
  const wanted = overlay?.open ?? false;
  const show = useCallback(
    (open: boolean) => {
      if (setOpen) setOpen(open);
      else if (open) element.current?.showModal();
      else element.current?.close();
    },
    [setOpen],
  );
  useEffect(() => {
    const listen = (event: Event) => show((event as CustomEvent<boolean>).detail);
    bus.addEventListener(id, listen);
    return () => bus.removeEventListener(id, listen);
  }, [id, show]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a change of `wanted` opens or closes
  useEffect(() => {
    const dialog = element.current;
    if (dialog === null || dialog.open === wanted) return;
    if (wanted) {
      dialog.showModal();
      onOpen?.();
    } else dialog.close();
  }, [wanted]);
  return (
    <dialog
      ref={element}
      className={`uie-dialog uie-${kind} uie-dialog--${width}`}
      aria-label={rest['aria-label'] ?? title}
      onClose={() => {
        setOpen?.(false);
        onClose?.();
      }}
    >
      <header className="uie-dialog__head">
        <h2 className="uie-dialog__title">{title}</h2>
        <button
          type="button"
          className="uie-dialog__close"
          aria-label={say('Close', '关闭')}
          onClick={() => element.current?.close()}
        >
          <X size={18} aria-hidden="true" />
        </button>
      </header>
      {children}
    </dialog>
  );
}

export const Modal = (props: DialogProps) => <Dialog {...props} kind="modal" />;
export const Panel = (props: DialogProps) => <Dialog {...props} kind="panel" />;
export const ModalBody = ({ children }: WithChildren) => (
  <div className="uie-dialog__body">{children}</div>
);
export const ModalFooter = ({ children }: WithChildren) => (
  <footer className="uie-dialog__foot">{children}</footer>
);
export const PanelBody = ModalBody;
export const PanelFooter = ModalFooter;
export const PanelSection = ({ children }: WithChildren) => (
  <section className="uie-dialog__section">{children}</section>
);

export function Tooltip({
  children,
  placement = 'top',
}: WithChildren & { readonly placement?: string }) {
  const overlay = useContext(OverlayContext);
  if (!overlay?.hinted) return null;
  return (
    <span className={`uie-tooltip uie-tooltip--${placement}`} role="tooltip" id={overlay.hintId}>
      {children}
    </span>
  );
}
