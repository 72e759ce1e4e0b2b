/** The import directions of README's layout, held by `npm test`. */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'domain-is-pure',
      comment: 'Rules with no I/O: app/domain imports itself and pure libraries only.',
      severity: 'error',
      from: { path: '^app/domain/', pathNot: '\\.test\\.tsx?$' },
      to: { pathNot: ['^app/domain/', '^node_modules/(zod|date-fns|@date-fns)/'] },
    },
    {
      name: 'engine-core-knows-no-io',
      severity: 'error',
      from: { path: '^server/channels/core/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^server/channels/core/', '^app/domain/', '^node_modules/(yjs|lib0)/'] },
    },
    {
      name: 'browser-never-reaches-server',
      comment: 'Routes reach the server only through *.server.ts modules.',
      severity: 'error',
      from: {
        path: '^app/',
        pathNot: ['\\.server\\.tsx?$', '\\.test\\.tsx?$', '^app/entry\\.server\\.tsx$'],
      },
      to: { path: '^(server|db)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'db-below-server',
      severity: 'error',
      from: { path: '^db/', pathNot: ['\\.test\\.ts$'] },
      to: { path: '^(server|app/(?!domain/))' },
    },
    {
      name: 'server-knows-no-page',
      severity: 'error',
      from: { path: '^server/', pathNot: ['\\.test\\.ts$'] },
      to: { path: '^app/(routes|components)/' },
    },
    {
      name: 'components-know-no-route',
      severity: 'error',
      from: { path: '^app/(components|collab)/' },
      to: { path: '^app/routes/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
