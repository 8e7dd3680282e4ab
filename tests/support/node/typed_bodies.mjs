// Types what Graph answered by Microsoft's own declarations: a member that they do not have, a value outside an
// enumeration or of another kind is an error of the TypeScript compiler.
//
// usage: typed_bodies.mjs RECORD_FILE...     one JSON object a line, as perch-practice --record writes them
//
// Prints what does not fit, and at the end how many bodies were typed. Ends with 1 if one was not.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import ts from 'typescript';

const here = path.dirname(fileURLToPath(import.meta.url));
const PACKAGES = { v1: '@microsoft/microsoft-graph-types', beta: '@microsoft/microsoft-graph-types-beta' };
// The last word of @odata.context -> the type, of which a list has several.
const TYPES = {
  users: 'User', groups: 'Group', directoryObjects: 'DirectoryObject', organization: 'Organization', domains: 'Domain',
  subscribedSkus: 'SubscribedSku', invitations: 'Invitation', servicePrincipals: 'ServicePrincipal',
  directoryRoles: 'DirectoryRole', directoryRoleTemplates: 'DirectoryRoleTemplate', deletedItems: 'DirectoryObject',
  appRoleAssignments: 'AppRoleAssignment', appRoleAssignedTo: 'AppRoleAssignment',
  oauth2PermissionGrants: 'OAuth2PermissionGrant', roleAssignments: 'UnifiedRoleAssignment',
  roleDefinitions: 'UnifiedRoleDefinition', roleEligibilityScheduleInstances: 'UnifiedRoleEligibilityScheduleInstance',
  roleAssignmentScheduleInstances: 'UnifiedRoleAssignmentScheduleInstance',
  roleAssignmentScheduleRequests: 'UnifiedRoleAssignmentScheduleRequest',
  eligibilityScheduleInstances: 'PrivilegedAccessGroupEligibilityScheduleInstance',
  assignmentScheduleInstances: 'PrivilegedAccessGroupAssignmentScheduleInstance',
  assignmentScheduleRequests: 'PrivilegedAccessGroupAssignmentScheduleRequest',
  roleManagementPolicyAssignments: 'UnifiedRoleManagementPolicyAssignment',
  connectedOrganizations: 'ConnectedOrganization', catalogs: 'AccessPackageCatalog', resources: 'AccessPackageResource',
  resourceRoles: 'AccessPackageResourceRole', resourceRequests: 'AccessPackageResourceRequest',
  accessPackages: 'AccessPackage', resourceRoleScopes: 'AccessPackageResourceRoleScope',
  assignmentPolicies: 'AccessPackageAssignmentPolicy', assignments: 'AccessPackageAssignment',
  assignmentRequests: 'AccessPackageAssignmentRequest', settings: 'EntitlementManagementSettings',
  alerts_v2: 'SecurityNamespace.Alert', runHuntingQuery: 'SecurityNamespace.HuntingQueryResults',
  'microsoft.graph.tenantInformation': 'TenantInformation', authorizationPolicy: 'AuthorizationPolicy',
  default: 'CrossTenantAccessPolicyConfigurationDefault', partners: 'CrossTenantAccessPolicyConfigurationPartner',
  crossTenantAccessPolicy: 'CrossTenantAccessPolicy', policies: 'ConditionalAccessPolicy', agreements: 'Agreement',
  identitySecurityDefaultsEnforcementPolicy: 'IdentitySecurityDefaultsEnforcementPolicy',
  authenticationMethodConfigurations: 'EmailAuthenticationMethodConfiguration', deletedGroups: 'Group',
  deletedUsers: 'User', resourceNamespaces: 'UnifiedRbacResourceNamespace',
  resourceActions: 'UnifiedRbacResourceAction', customAppScopes: 'CustomAppScope',
};
// Members that Microsoft's metadata of August 2026 has and these declarations do not have yet.
const NEWER = ['subjectLifecycle'];
// What these declarations do not have at all.
const UNDECLARED = ['/beta/policies/b2bManagementPolicies'];
const BETA = { roleAssignments: 'UnifiedRoleAssignmentMultiple' };

function word_of(entry) {
  const context = entry.responseBody['@odata.context'];
  const text = context !== undefined ? context.split('$metadata#').pop() : entry.path;
  const bare = text.replace(/\([^()]*(\([^()]*\)[^()]*)*\)/g, '').replace(/\/\$entity$/, '');
  return bare.split('/').filter((word) => word in TYPES).pop();
}

function type_name(odata_type) {
  const name = odata_type.replace(/^#?microsoft\.graph\./, '').replace(/^security\./, 'SecurityNamespace.');
  return name.replace(/(^|\.)([a-z])(?=[^.]*$)/, (_, dot, letter) => dot + letter.toUpperCase());
}

// VALUE as an expression: what says its own type is held to that, and annotations are no members.
function expression(value, space, type) {
  if (Array.isArray(value)) return `[${value.map((element) => expression(element, space)).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const own = value['@odata.type'] !== undefined ? type_name(value['@odata.type']) : type;
  const members = Object.entries(value).filter(([name]) => !name.includes('@') && !NEWER.includes(name));
  const object = `{${members.map(([name, member]) => `${JSON.stringify(name)}:${expression(member, space)}`).join(',')}}`;
  return own !== undefined ? `is<${space}.${own}>(${object})` : object;
}

function bodies_of(files) {
  const lines = files.flatMap((file) => fs.readFileSync(file, 'utf8').split('\n')).filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line)).filter((entry) =>
    /^\/(v1\.0|beta)\//.test(entry.path) && entry.status < 300 && !entry.path.endsWith('$batch') && !UNDECLARED.includes(entry.path) &&
    entry.responseBody !== null && typeof entry.responseBody === 'object');
}

function statement(entry) {
  const word = word_of(entry);
  const space = entry.path.startsWith('/beta/') ? 'beta' : 'v1';
  const type = (space === 'beta' ? BETA[word] : undefined) ?? TYPES[word];
  if (type === undefined) return null;
  const list = entry.responseBody.value;
  const values = Array.isArray(list) ? list : [entry.responseBody];
  return values.map((value) => `${expression(value, space, type)};`).join(' ');
}

function compile(statements) {
  const name = path.join(here, 'bodies.ts');
  const text = [`import type * as v1 from '${PACKAGES.v1}';`, `import type * as beta from '${PACKAGES.beta}';`,
    'function is<T>(value: T): T { return value; }', ...statements].join('\n');
  const options = { strict: true, noEmit: true, noErrorTruncation: false, types: [], skipLibCheck: true,
    module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, target: ts.ScriptTarget.ES2022 };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.getSourceFile = (file, ...more) => (file === name ? ts.createSourceFile(file, text, options.target)
    : getSourceFile.call(host, file, ...more));
  host.fileExists = (file) => file === name || fileExists.call(host, file);
  const program = ts.createProgram([name], options, host);
  const source = program.getSourceFile(name);
  return program.getSemanticDiagnostics(source).concat(program.getSyntacticDiagnostics(source)).map((found) =>
    ({ line: source.getLineAndCharacterOfPosition(found.start).line, text: ts.flattenDiagnosticMessageText(found.messageText, '\n') }));
}

const entries = bodies_of(process.argv.slice(2));
const statements = new Map();
const untyped = [];
for (const entry of entries) {
  const made = statement(entry);
  if (made === null) untyped.push(`${entry.method} ${entry.path}`);
  else if (!statements.has(made)) statements.set(made, `${entry.method} ${entry.path}`);
}
const FIRST_LINES = 3;
const found = compile([...statements.keys()]);
const wheres = [...statements.values()];
const told = new Set(found.map(({ line, text }) => `${wheres[line - FIRST_LINES]}: ${text.split('\n').slice(0, 3).join(' | ')}`));
for (const what of told) console.log(what);
for (const what of new Set(untyped)) console.log(`no type is known for ${what}`);
console.log(`${entries.length - untyped.length} bodies typed, ${statements.size} of them different, ${told.size + untyped.length} faults`);
process.exit(told.size + untyped.length > 0 ? 1 : 0);
