/** Secrets at rest. */
export interface Vault {
  /**
   * Encrypts with the current key. `context` (tenant and column) is bound to the result: opening
   * it under another context fails.
   */
  seal(plain: string, context: string): string;
  /** Decrypts with the key the text names. Throws `config_invalid` when that key is not configured. */
  open(sealed: string, context: string): string;
}
