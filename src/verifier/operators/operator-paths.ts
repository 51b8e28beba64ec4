/** Where operators of the verifier act, with a bearer token in place of a device's signature. */
export const OPERATOR_PATHS = {
  codes: '/v1/operator/codes',
  devices: '/v1/operator/devices',
  revoke: (deviceId: string): string => `/v1/operator/devices/${deviceId}:revoke`,
  policy: '/v1/operator/policy',
  audit: '/v1/operator/audit',
  reviews: '/v1/reviews',
  review: (sessionId: string): string => `/v1/operator/sessions/${sessionId}:review`,
  artifacts: (sessionId: string): string => `/v1/operator/sessions/${sessionId}/artifacts`,
  subject: (subjectKey: string): string => `/v1/operator/subjects/${subjectKey}`,
} as const;

export const SERVICE_PATHS = {
  ready: '/v1/ready',
  metrics: '/metrics',
  openapi: '/v1/openapi.json',
  docs: '/docs',
  status: '/',
} as const;
