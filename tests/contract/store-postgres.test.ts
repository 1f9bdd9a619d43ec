/** The store batteries on PostgreSQL, each in a database of its own. */
import { openPostgres, withService } from '../support/databases.ts';
import { accountStoreContract } from './account-store.contract.ts';
import { activityStoreContract } from './activity-store.contract.ts';
import { exposuresContract } from './exposures.contract.ts';
import { peopleStoreContract } from './people-store.contract.ts';
import { retentionContract } from './retention.contract.ts';
import { serviceStoreContract } from './service-store.contract.ts';
import { storeContract } from './store.contract.ts';

withService('PostgreSQL', 'store on PostgreSQL', (server) =>
  storeContract(() => openPostgres(server)),
);
withService('PostgreSQL', 'account store on PostgreSQL', (server) =>
  accountStoreContract(() => openPostgres(server)),
);
withService('PostgreSQL', 'service store on PostgreSQL', (server) =>
  serviceStoreContract(() => openPostgres(server)),
);
withService('PostgreSQL', 'activity store on PostgreSQL', (server) =>
  activityStoreContract(() => openPostgres(server)),
);
withService('PostgreSQL', 'exposures on PostgreSQL', (server) =>
  exposuresContract(() => openPostgres(server)),
);
withService('PostgreSQL', 'people store on PostgreSQL', (server) =>
  peopleStoreContract(() => openPostgres(server)),
);
withService('PostgreSQL', 'retention on PostgreSQL', (server) =>
  retentionContract(() => openPostgres(server)),
);
