import { expect, test } from 'vitest'
import { readExternalSettings, roleOfGroups } from './settings.ts'

test.each([
  ['the highest of several', 'admins=admin,devs=operator', 'viewer', ['devs', 'admins'], 'admin'],
  ['a group with = and spaces in it', ' cn=ops = operator ', 'viewer', ['cn=ops'], 'operator'],
  ['the standard one for nobody’s group', 'admins=admin', 'viewer', ['Admins', 'admin'], 'viewer'],
  ['nothing without a group, when so set', 'admins=admin', 'none', [''], null],
] as const)('groups give %s', (_, map, standard, groups, role) => {
  const settings = readExternalSettings({
    NODE_ENV: 'test',
    COMPOSURE_AUTH_ROLES: map,
    COMPOSURE_AUTH_STANDARD_ROLE: standard,
  })
  expect(roleOfGroups(groups, settings)).toBe(role)
})

test.each([
  [{ COMPOSURE_AUTH_ROLES: 'admins' }, /COMPOSURE_AUTH_ROLES/],
  [{ COMPOSURE_AUTH_ROLES: 'admins=root' }, /COMPOSURE_AUTH_ROLES/],
  [{ COMPOSURE_AUTH_STANDARD_ROLE: 'root' }, /COMPOSURE_AUTH_STANDARD_ROLE/],
  [{ COMPOSURE_OIDC_ISSUER: 'http://id.example', COMPOSURE_OIDC_CLIENT_ID: 'x' }, /https/],
  [{ COMPOSURE_OIDC_ISSUER: 'https://id.example' }, /CLIENT_ID/],
  [
    {
      COMPOSURE_OIDC_ISSUER: 'https://id.example',
      COMPOSURE_OIDC_CLIENT_ID: 'x',
      COMPOSURE_OIDC_CLIENT_SECRET_FILE: '/nowhere',
    },
    /SECRET_FILE/,
  ],
])('%j cannot be right', (source, words) => {
  expect(() => readExternalSettings({ NODE_ENV: 'test', ...source })).toThrow(words)
})
