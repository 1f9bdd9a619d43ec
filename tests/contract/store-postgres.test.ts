/** The store battery on PostgreSQL, in a database of its own. */
import { openPostgres, withService } from '../support/databases.ts';
import { storeContract } from './store.contract.ts';

withService('PostgreSQL', 'store on PostgreSQL', (server) =>
  storeContract(() => openPostgres(server)),
);
