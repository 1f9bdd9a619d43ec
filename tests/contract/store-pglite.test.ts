/** The store batteries on the embedded database. */
import { describe } from 'vitest';
import { openPglite } from '../support/databases.ts';
import { accountStoreContract } from './account-store.contract.ts';
import { activityStoreContract } from './activity-store.contract.ts';
import { exposuresContract } from './exposures.contract.ts';
import { peopleStoreContract } from './people-store.contract.ts';
import { retentionContract } from './retention.contract.ts';
import { serviceStoreContract } from './service-store.contract.ts';
import { storeContract } from './store.contract.ts';

describe('store on PGlite', () => storeContract(() => openPglite()));
describe('account store on PGlite', () => accountStoreContract(() => openPglite()));
describe('service store on PGlite', () => serviceStoreContract(() => openPglite()));
describe('activity store on PGlite', () => activityStoreContract(() => openPglite()));
describe('exposures on PGlite', () => exposuresContract(() => openPglite()));
describe('people store on PGlite', () => peopleStoreContract(() => openPglite()));
describe('retention on PGlite', () => retentionContract(() => openPglite()));
