/** The one place where the settings meet the API client. */
export async function send<T>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<T> {
  throw new Error(`${method} ${path} ${String(body)}`)
}
