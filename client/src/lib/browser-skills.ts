/** False in a browser that was built without WebRTC, or in which it was switched off; everything that is answered in writing works there. */
export function canHoldCalls(): boolean {
  return globalThis.RTCPeerConnection !== undefined;
}
