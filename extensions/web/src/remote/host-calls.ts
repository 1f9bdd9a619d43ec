/** What a card may ask of the page around it, across the worker's boundary. */

export interface FetchReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface AlertCall {
  readonly title?: string;
  readonly message: string;
  readonly type?: string;
}

export interface HostCalls {
  fetch(url: string, method: string, body: unknown): Promise<FetchReply>;
  addAlert(alert: AlertCall): void;
  reloadPage(): void;
  refreshObjectProperties(): void;
  fetchCrmObjectProperties(names: readonly string[] | '*'): Promise<Record<string, string>>;
  onCrmPropertiesUpdate(
    names: readonly string[] | '*',
    callback: (properties: Record<string, string>) => void,
  ): void;
  openIframeModal(): void;
  copyTextToClipboard(text: string): Promise<void>;
  closeOverlay(id: string): void;
}
