/** The kit draws every component of the SDK, but for those listed as not yet drawn. */
import * as SDK from '@hubspot/ui-extensions';
import * as CRM from '@hubspot/ui-extensions/crm';
import { describe, expect, it } from 'vitest';
import { KIT, NOT_YET } from '../kit.ts';

/** Exported beside the components: classes of events, and an enumeration. */
const OTHERS = [
  'ExtensionEvent',
  'FormSubmitExtensionEvent',
  'RemoteEvent',
  'ServerlessExecutionStatus',
];
const isComponent = (name: string) => /^[A-Z]/.test(name) && !OTHERS.includes(name);
const sdkNames = Object.keys(SDK).filter(isComponent).sort();
/** What the CRM draws by itself is there as far as our cards use it. */
const kitNames = Object.keys(KIT)
  .filter((name) => isComponent(name) && !Object.keys(CRM).includes(name))
  .sort();

describe('kit', () => {
  it('has every name of the SDK, or says that it has not', () => {
    expect([...kitNames, ...NOT_YET].sort()).toEqual(sdkNames);
  });

  it('lists nothing as missing that it has', () => {
    expect(NOT_YET.filter((name) => kitNames.includes(name))).toEqual([]);
  });
});
