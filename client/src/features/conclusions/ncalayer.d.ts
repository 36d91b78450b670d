/** The part of ncalayer-js-client that is used here; the package has no types of its own. */
declare module 'ncalayer-js-client' {
  export class NCALayerClient {
    static readonly basicsStorageAll: readonly string[] | null;
    static readonly basicsCMSParamsDetached: object;
    static readonly basicsSignerSignAny: object;
    readonly wsConnection: WebSocket | null;
    constructor(url?: string, allowKmdHttpApi?: boolean);
    connect(): Promise<string>;
    basicsSignCMS(
      storages: readonly string[] | null,
      data: readonly string[],
      params: object,
      signer: object,
      locale?: string,
    ): Promise<unknown>;
  }
}
