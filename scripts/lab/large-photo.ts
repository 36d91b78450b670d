import type { Page } from 'playwright-core';

declare global {
  interface Window {
    /** Of files sent over the live connection. */
    __pieces?: { sent: number; again: number };
  }
}

/** The browser's fake camera has no still mode: from now on it takes photos of 12 megapixels, of something like skin. */
export function plantLargePhotos(page: Page): Promise<void> {
  return page.evaluate(() => {
    const width = 4000;
    const height = 3000;
    class Camera {
      getPhotoCapabilities(): Promise<object> {
        return Promise.resolve({ imageWidth: { max: width }, imageHeight: { max: height } });
      }
      async takePhoto(): Promise<Blob> {
        const canvas = document.createElement('canvas');
        Object.assign(canvas, { width, height });
        const context = canvas.getContext('2d');
        if (context === null) throw new Error('no canvas');
        const light = context.createLinearGradient(0, 0, width, height);
        light.addColorStop(0, '#e8c0a4');
        light.addColorStop(1, '#b98468');
        context.fillStyle = light;
        context.fillRect(0, 0, width, height);
        // The same each time: runs are compared.
        let seed = 7;
        const next = (): number => {
          seed = (seed * 1103515245 + 12345) % 2147483648;
          return seed / 2147483648;
        };
        for (let spot = 0; spot < 60_000; spot += 1) {
          context.fillStyle = `rgb(${120 + 90 * next()} ${60 + 70 * next()} ${50 + 60 * next()} / ${0.25 * next()})`;
          const size = 2 + 26 * next() ** 6 * 10;
          context.beginPath();
          context.ellipse(width * next(), height * next(), size, size * (0.4 + next()), next() * 3, 0, 7);
          context.fill();
        }
        return new Promise((resolve, reject) =>
          canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no photo'))), 'image/jpeg', 0.92),
        );
      }
    }
    Object.assign(globalThis, { ImageCapture: Camera });
  });
}

/** Counts from now on the bytes of files that leave this page over its live connection, and those of them that left it before. */
export function countPieces(page: Page): Promise<void> {
  return page.evaluate(() => {
    const counted = { sent: 0, again: 0 };
    window.__pieces = counted;
    const farthest = new Map<string, number>();
    const send = WebSocket.prototype.send;
    let opened = '';
    let place: { id: string; offset: number } | undefined;
    WebSocket.prototype.send = function (this: WebSocket, data: Parameters<typeof send>[0]) {
      if (typeof data === 'string') {
        [, opened = opened] = /"upload:open",\{"attachmentId":"([^"]+)"/.exec(data) ?? [];
        const [, offset] = /"upload:piece",\{"offset":(\d+)/.exec(data) ?? [];
        place = offset === undefined ? undefined : { id: opened, offset: Number(offset) };
      } else if (place !== undefined && !(data instanceof Blob)) {
        const before = farthest.get(place.id) ?? 0;
        const end = place.offset + data.byteLength;
        counted.sent += data.byteLength;
        counted.again += Math.max(0, Math.min(before, end) - place.offset);
        farthest.set(place.id, Math.max(before, end));
        place = undefined;
      }
      send.call(this, data);
    };
  });
}

export function readPieces(page: Page): Promise<{ sent: number; again: number }> {
  return page.evaluate(() => window.__pieces ?? { sent: 0, again: 0 });
}

/** Bytes of sound that a page has sent, with the headers of its packets. */
export function readSoundSent(page: Page): Promise<{ at: number; bytes: number }> {
  return page.evaluate(async () => {
    // IPv4, UDP and the tag of SRTP; what RTP itself adds the browser counts.
    const PACKET_BYTES = 20 + 8 + 10;
    let bytes = 0;
    for (const connection of window.__peerConnections ?? []) {
      if (connection.connectionState === 'closed') continue;
      for (const report of (await connection.getStats()).values()) {
        if (report.type !== 'outbound-rtp' || report.kind !== 'audio') continue;
        bytes += report.bytesSent + report.headerBytesSent + PACKET_BYTES * report.packetsSent;
      }
    }
    return { at: Date.now(), bytes };
  });
}
