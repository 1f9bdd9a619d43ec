/** Log a call, log an email, open a ticket: one dialog each. */
import { useState } from 'react';
import { Button, ButtonRow } from '../kit/actions.tsx';
import { Form, Input, Select, TextArea } from '../kit/forms.tsx';
import { closeOverlay, Modal, ModalBody, ModalFooter } from '../kit/overlay.tsx';
import { useSandboxLanguage } from './language.ts';
import { type Activity, logActivity } from './page-api.ts';

type Kind = keyof Activity;
type Entered = Readonly<Record<string, string>>;

const TITLES = { calls: 'call.log', emails: 'email.log', tickets: 'ticket.open' } as const;
const KINDS = ['calls', 'emails', 'tickets'] as const;

const toActivity: { readonly [K in Kind]: (entered: Entered) => Activity[K] } = {
  calls: (e) => ({
    direction: e['direction'] ?? 'outbound',
    answered: e['outcome'] === 'answered',
    body: e['body'] ?? '',
  }),
  emails: (e) => ({
    direction: e['direction'] ?? 'outbound',
    subject: e['subject'] ?? '',
    body: e['body'] ?? '',
  }),
  tickets: (e) => ({ subject: e['subject'] ?? '', content: e['body'] ?? '' }),
};

interface Props {
  readonly contactId: string;
  readonly onLogged: () => void;
}

export function LogButtons(props: Props) {
  return (
    <ButtonRow>
      {KINDS.map((kind) => (
        <LogButton key={kind} kind={kind} {...props} />
      ))}
    </ButtonRow>
  );
}

function LogButton({ kind, contactId, onLogged }: Props & { readonly kind: Kind }) {
  const { t } = useSandboxLanguage();
  const [failure, setFailure] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  const title = t(TITLES[kind]);
  const submit = async (entered: Entered) => {
    try {
      await logActivity(contactId, kind, toActivity[kind](entered));
      setFailure(null);
      setRound(round + 1);
      closeOverlay(kind);
      onLogged();
    } catch (error) {
      setFailure(`${t('save.failed')}: ${(error as Error).message}`);
    }
  };
  return (
    <Button
      size="sm"
      testId={`log-${kind}`}
      overlay={
        <Modal id={kind} title={title} width="sm">
          <Form key={round} onSubmit={({ targetValue }) => void submit(targetValue)}>
            <ModalBody>
              <Fields kind={kind} />
              {failure ? <p role="alert">{failure}</p> : null}
            </ModalBody>
            <ModalFooter>
              <Button variant="primary" type="submit" size="sm">
                {title}
              </Button>
              <Button size="sm" onClick={() => closeOverlay(kind)}>
                {t('cancel')}
              </Button>
            </ModalFooter>
          </Form>
        </Modal>
      }
    >
      {title}
    </Button>
  );
}

function Fields({ kind }: { readonly kind: Kind }) {
  const { t } = useSandboxLanguage();
  const option = (value: 'outbound' | 'inbound' | 'answered' | 'unanswered') => ({
    value,
    label: t(value),
  });
  return (
    <>
      {kind === 'tickets' ? null : (
        <Select
          name="direction"
          label={t('direction')}
          options={[option('outbound'), option('inbound')]}
        />
      )}
      {kind === 'calls' ? (
        <Select
          name="outcome"
          label={t('outcome')}
          options={[option('answered'), option('unanswered')]}
        />
      ) : (
        <Input name="subject" label={t('subject')} required />
      )}
      <TextArea name="body" label={t(kind === 'calls' ? 'notes' : 'message')} rows={4} />
    </>
  );
}
