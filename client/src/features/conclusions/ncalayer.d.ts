/** The part of ncalayer-js-client that is used here; the package has no types of its own. */
declare module 'ncalayer-js-client' {
  export class NCALayerClient {
    static readonly basicsStorageAll: readonly string[];
    static readonly basicsCMSParamsDetached: object;
    static readonly basicsSignerSignAny: object;
    connect(): Promise<string>;
    basicsSignCMS(
      storages: readonly string[],
      data: string,
      params: object,
      signer: object,
      locale?: string,
    ): Promise<string | string[]>;
  }
}
