/** A button, and the modal or panel it opens. */
import {
  Button,
  type ButtonProps,
  Modal,
  ModalBody,
  Panel,
  PanelBody,
  PanelSection,
} from '@hubspot/ui-extensions';
import type { ReactNode } from 'react';

interface Props {
  readonly id: string;
  readonly variant?: NonNullable<ButtonProps['variant']>;
  readonly title: string;
  /** In front of the record instead of beside it. */
  readonly modal?: boolean;
  readonly onOpen?: () => void;
  readonly content: ReactNode;
}

export function Window({ id, variant = 'secondary', title, modal, content, ...rest }: Props) {
  const frame = { id, title, width: 'md', ...rest } as const;
  return (
    <Button
      testId={id}
      variant={variant}
      size="sm"
      overlay={
        modal ? (
          <Modal {...frame}>
            <ModalBody>{content}</ModalBody>
          </Modal>
        ) : (
          <Panel {...frame}>
            <PanelBody>
              <PanelSection flush>{content}</PanelSection>
            </PanelBody>
          </Panel>
        )
      }
    >
      {title}
    </Button>
  );
}
