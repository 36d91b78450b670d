import type { Plugin } from 'vite';

const LIBRARIES = /node_modules\/(mediasoup-client|awaitqueue|h264-profile-level-id)\/lib\//;
/** A whole statement on a line of its own. */
const LOG_CALL = /^[ \t]*logger\.(?:debug|warn|error)\(.*\);$/gm;

/** Takes what mediasoup-client and its helpers would log out of what the browser loads: nobody reads it, and its words are 2 kB. */
export function withoutLogCalls(): Plugin {
  return {
    name: 'without-log-calls',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (!LIBRARIES.test(id)) return undefined;
      return { code: code.replace(LOG_CALL, ''), map: null };
    },
  };
}
