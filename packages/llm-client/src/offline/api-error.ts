/** The details of an error as OpenAI's API reports it. */
export interface ApiErrorDetails {
  type?: string;
  param?: string | null;
  code?: string | null;
  headers?: Record<string, string>;
}

/** An answer with a 4xx or 5xx status, thrown anywhere below the handler and sent in OpenAI's shape. */
export class ApiError extends Error {
  readonly status: number;
  readonly details: ApiErrorDetails;

  constructor(status: number, message: string, details: ApiErrorDetails = {}, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
    this.details = details;
  }

  /** The body: `{ error: { message, type, param, code } }`. */
  toBody(): { error: { message: string; type: string; param: string | null; code: string | null } } {
    const { type = 'invalid_request_error', param = null, code = null } = this.details;
    return { error: { message: this.message, type, param, code } };
  }
}

/** A 400 about one parameter. */
export function badRequest(message: string, param: string | null, code: string | null = null): ApiError {
  return new ApiError(400, message, { param, code });
}
