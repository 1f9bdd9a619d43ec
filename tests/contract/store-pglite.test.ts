/** The store battery on the embedded database. */
import { describe } from 'vitest';
import { openPglite } from '../support/databases.ts';
import { storeContract } from './store.contract.ts';

describe('store on PGlite', () => storeContract(() => openPglite()));
