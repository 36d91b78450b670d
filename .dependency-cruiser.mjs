// Who may know whom: the rules of ARCHITECTURE.md, kept by `npm run check`. Paths are from the root; an npm package is
// matched by the end of its path, as pnpm puts it somewhere below node_modules/.pnpm.

/** @param {...string} names */
const packages = (...names) => `node_modules/(${names.join('|')})/`;

const TESTS = '\\.test\\.tsx?$|(^|[/-])test-support\\.ts$|^server/test/|^client/e2e/';

// A module's ways in beside its service: what others write with in their own transaction (logs, the book of notices), ask
// there, and what the evidence of a consult is kept by.
const DOORS =
  '^server/src/modules/(audit/(audit|read)-log|notices/notice-book|staff/licence-check|ladders/expand-ladder|consultations/(consultation\\.loader|(evidence|file)-keeper))\\.ts$';

// Modules lean one way: each tier may know those before it, and its own. Tables are outside of this: together they are the
// schema, foreign keys go where the data needs them, and a repository may join what it reads. What it writes is its own.
const TIERS = [
  ['audit'],
  ['auth'],
  ['stations', 'staff'],
  ['ladders'],
  ['patients', 'terminologies', 'protocols', 'consents'],
  ['notices'],
  ['scheduling'],
  ['signatures'],
  ['consultations'],
  ['evidence', 'attachments', 'link-samples', 'link-checks'],
  ['rooms'],
  ['monitoring', 'system'],
];

const modulesLeanOneWay = TIERS.slice(0, -1).map((tier, index) => ({
  name: `${tier.join('-')}-knows-no-later-module`,
  comment: `Modules lean one way: ${TIERS.map((names) => names.join(', ')).join(' → ')}.`,
  severity: 'error',
  from: { path: `^server/src/modules/(${tier.join('|')})/`, pathNot: TESTS },
  to: {
    path: `^server/src/modules/(${TIERS.slice(index + 1)
      .flat()
      .join('|')})/`,
    pathNot: '\\.table\\.ts$',
  },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Two files that need each other are one thing, or a third is missing.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'not-to-unresolvable',
      comment: 'The import leads nowhere. (The types of pdfmake are in a package of their own.)',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^pdfmake/interfaces\\.js$' },
    },
    {
      name: 'no-barrels',
      comment: 'Import the file that has it; an index that re-exports hides who knows whom.',
      severity: 'error',
      from: {},
      to: { path: '^(server|client|shared)/src/.*/index\\.tsx?$', pathNot: '^client/src/app/routes/' },
    },

    // --- the packages
    {
      name: 'shared-knows-only-its-schema-library',
      comment: 'shared runs in the browser and on the server and imports nothing but zod.',
      severity: 'error',
      from: { path: '^shared/src/', pathNot: TESTS },
      to: { pathNot: `^shared/src/|${packages('zod')}` },
    },
    {
      name: 'server-knows-no-client',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^(client|scripts)/' },
    },
    {
      name: 'client-knows-no-server',
      severity: 'error',
      from: { path: '^client/' },
      to: { path: '^(server|scripts)/' },
    },
    {
      name: 'shared-by-its-name',
      comment: 'Import @jaqyn/shared/<path>, never a path into the folder.',
      severity: 'error',
      from: { path: '^(server|client)/' },
      to: { path: '^shared/', dependencyTypes: ['local'] },
    },
    {
      name: 'source-knows-no-tests',
      severity: 'error',
      from: { path: '^((server|client|shared)/src|scripts)/', pathNot: TESTS },
      // The journeys' harness drives the product for `npm run journey` and the lab as well.
      to: { path: TESTS, pathNot: '^client/e2e/support/' },
    },
    {
      name: 'source-knows-no-harness',
      severity: 'error',
      from: { path: '^(server|client|shared)/src/' },
      to: { path: '^client/e2e/' },
    },
    {
      name: 'set-up-needs-no-packages',
      comment: 'It runs before the packages are installed. vite is imported when `npm run dev` needs it.',
      severity: 'error',
      from: {
        path: '^scripts/(bootstrap\\.mjs|main\\.ts|commands/|setup/|worker/)',
        pathNot: `${TESTS}|^scripts/worker/handshake\\.ts$`,
      },
      to: { path: 'node_modules/', pathNot: packages('vite') },
    },

    // --- inside the server
    ...modulesLeanOneWay,
    {
      name: 'other-modules-through-their-service',
      comment: 'A module is entered by its service, or by a door that is named above.',
      severity: 'error',
      from: { path: '^server/src/modules/([^/]+)/', pathNot: `${TESTS}|\\.(table|repository)\\.ts$` },
      to: {
        path: '^server/src/modules/',
        pathNot: `^server/src/modules/$1/|\\.service\\.ts$|${DOORS}`,
      },
    },
    {
      name: 'repositories-join-only-tables',
      comment: 'A repository reads other modules’ tables in a join; their repositories and services are not below it.',
      severity: 'error',
      from: { path: '^server/src/modules/([^/]+)/.*\\.repository\\.ts$' },
      to: { path: '^server/src/modules/', pathNot: '^server/src/modules/$1/|\\.table\\.ts$' },
    },
    {
      name: 'tables-reference-only-tables',
      severity: 'error',
      from: { path: '^server/src/modules/.*\\.table\\.ts$' },
      to: { path: '^server/src/modules/', pathNot: '\\.table\\.ts$' },
    },
    {
      name: 'edges-touch-no-storage',
      comment: 'Routes and sockets call services; repositories and tables are behind those.',
      severity: 'error',
      from: { path: '\\.(routes|socket)\\.ts$' },
      to: { path: '\\.(repository|table)\\.ts$' },
    },
    {
      name: 'services-know-no-frameworks',
      severity: 'error',
      from: { path: '\\.service\\.ts$' },
      to: { path: packages('fastify', '@fastify', 'socket\\.io', 'mediasoup', 'drizzle-orm', 'better-sqlite3') },
    },
    {
      name: 'drizzle-only-in-repositories-tables-and-db',
      severity: 'error',
      from: { path: '^(server/src|scripts/seed)/', pathNot: `\\.(repository|table)\\.ts$|^server/src/db/|${TESTS}` },
      to: { path: packages('drizzle-orm', 'better-sqlite3') },
    },
    {
      name: 'mediasoup-only-in-media',
      severity: 'error',
      from: { path: '^server/src/', pathNot: `^server/src/media/|${TESTS}` },
      to: { path: packages('mediasoup') },
    },
    {
      name: 'foundations-know-no-modules',
      comment: 'What every module stands on knows none of them.',
      severity: 'error',
      from: { path: '^server/src/(kernel|db|http|media|storage)/', pathNot: TESTS },
      to: { path: '^server/src/modules/', pathNot: '\\.table\\.ts$' },
    },
    {
      name: 'only-main-knows-the-app',
      comment: 'The composition root is the top: nothing below reaches up to it.',
      severity: 'error',
      from: { path: '^server/src/', pathNot: `^server/src/main\\.ts$|${TESTS}` },
      to: { path: '^server/src/(app|main)\\.ts$' },
    },

    // --- inside the client
    {
      name: 'features-know-no-features',
      comment: 'Screens in app/ compose features.',
      severity: 'error',
      from: { path: '^client/src/features/([^/]+)/' },
      to: { path: '^client/src/features/', pathNot: '^client/src/features/$1/' },
    },
    {
      name: 'features-know-no-screens',
      severity: 'error',
      from: { path: '^client/src/(features|lib|ui)/' },
      to: { path: '^client/src/app/' },
    },
    {
      name: 'lib-and-ui-know-no-features',
      severity: 'error',
      from: { path: '^client/src/(lib|ui)/' },
      to: { path: '^client/src/features/' },
    },
    {
      name: 'mediasoup-client-only-in-the-room-client',
      severity: 'error',
      from: { path: '^client/src/', pathNot: '^client/src/features/room/room-client[^/]*\\.ts$' },
      to: { path: packages('mediasoup-client') },
    },
  ],
  options: {
    // TypeScript 7 has no JavaScript interface to parse with.
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    // Anchored: a package's own dist/ is where many imports lead.
    exclude: { path: '^((client|server)/dist|coverage|data|\\.tools)/|^client/src/locales/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'module', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
