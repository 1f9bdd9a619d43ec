/** The kit: SDK component name → our plain HTML component. Names that are absent are listed in NOT_YET. */
import type { ComponentType } from 'react';
import * as actions from './actions.tsx';
import * as charts from './charts.tsx';
import * as crm from './crm.tsx';
import * as data from './data.tsx';
import * as forms from './forms.tsx';
import * as layout from './layout.tsx';
import * as overlay from './overlay.tsx';
import * as states from './states.tsx';
import * as table from './table.tsx';
import * as tabs from './tabs.tsx';
import * as text from './text.tsx';
import * as toggles from './toggles.tsx';

const { Modal, ModalBody, ModalFooter, Panel, PanelBody, PanelFooter, PanelSection, Tooltip } =
  overlay;

const components = {
  ...actions,
  ...charts,
  ...crm,
  ...data,
  ...forms,
  ...layout,
  ...states,
  ...table,
  ...tabs,
  ...text,
  ...toggles,
  Modal,
  ModalBody,
  ModalFooter,
  Panel,
  PanelBody,
  PanelFooter,
  PanelSection,
  Tooltip,
  Textarea: forms.TextArea,
};

export type KitName = keyof typeof components;

/** Props arrive from another realm, checked there against the SDK's own types. */
export const KIT = components as unknown as Readonly<
  Record<KitName, ComponentType<Record<string, unknown>> | undefined>
>;

/** SDK components the sandbox says "not available" for. */
export const NOT_YET: readonly string[] = [
  'CurrencyInput',
  'DateInput',
  'Dropdown',
  'Illustration',
  'StepIndicator',
  'StepperInput',
  'TimeInput',
];
