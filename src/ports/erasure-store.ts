/** The list of who was erased: hashes that tell nobody apart, kept beside backups that still hold them. */
import type { TenantId } from '../core/ids.ts';

export interface Erasure {
  /** Hexadecimal SHA-256 of account, kind and id. */
  readonly hash: string;
  readonly at: Date;
}

export interface ErasureStore {
  /** Oldest first. */
  all(id: TenantId): Promise<Erasure[]>;
  /** Bars the return of everybody listed; those known already stay as they are. */
  bar(id: TenantId, erasures: readonly Erasure[]): Promise<void>;
  /** People who are barred and yet held, as after a backup was restored; deleted ones too. */
  heldPeople(id: TenantId): Promise<string[]>;
}
