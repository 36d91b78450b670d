/** In place of mediasoup-client's handler for React Native, which is no browser. */
export const ReactNative106 = {
  createFactory(): never {
    throw new Error('React Native is no browser');
  },
};
