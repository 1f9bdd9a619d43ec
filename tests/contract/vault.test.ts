/** The vault battery on AES-256-GCM. */
import { describe } from 'vitest';
import { createVault, generateKey } from '../../src/platform/vault.ts';
import { vaultContract } from './vault.contract.ts';

describe('AES-256-GCM vault', () => vaultContract({ create: createVault, newKey: generateKey }));
