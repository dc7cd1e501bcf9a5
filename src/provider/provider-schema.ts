import { bool, number, optional, type Schema, string } from "../framework/schema.ts";

/** How the provider reaches a cluster. Every attribute has an environment variable that stands in for it. */
export const providerSchema = {
  description:
    "Manages service accounts, roles and access tokens of a Qumulo Core cluster through its REST API. Every setting can come from the configuration or from an environment variable; the configuration wins.",
  attributes: {
    host: optional(string, {
      description:
        "Host name or address of the cluster, without a scheme and without a port. Environment: `QUMULO_HOST`.",
    }),
    port: optional(number, {
      description: "Port of the cluster's REST API. The default is 8000. Environment: `QUMULO_PORT`.",
    }),
    username: optional(string, {
      description:
        "Name of the user to log in as, together with `password`. The session is renewed when it ends. Environment: `QUMULO_USERNAME`.",
    }),
    password: optional(string, {
      sensitive: true,
      description: "Password of the user to log in as. Environment: `QUMULO_PASSWORD`.",
    }),
    bearer_token: optional(string, {
      sensitive: true,
      description: "Bearer token of an access token, instead of a login. Environment: `QUMULO_BEARER_TOKEN`.",
    }),
    credentials_file: optional(string, {
      description:
        "Path of a credentials file as Qumulo's `qq` command line writes it, instead of a login. Without any credentials, the files that `qq login` writes for this host are tried. Environment: `QUMULO_CREDENTIALS_FILE`.",
    }),
    ca_file: optional(string, {
      description:
        "Path of a PEM file with the certificate authorities to trust in addition to the system's. Environment: `QUMULO_CA_FILE`.",
    }),
    ca_pem: optional(string, {
      description:
        "Certificate authorities to trust in addition to the system's, as PEM text. Environment: `QUMULO_CA_PEM`.",
    }),
    certificate_sha256: optional(string, {
      description:
        "SHA-256 fingerprint of the cluster's certificate, in hexadecimal with or without colons, or the line that `openssl x509 -noout -fingerprint -sha256` prints. It takes the place of the check by authorities and host name: use it for a self-signed certificate. Environment: `QUMULO_CERTIFICATE_SHA256`.",
    }),
    insecure: optional(bool, {
      description:
        "Whether to talk to a cluster whose certificate nobody has checked. Passwords and bearer tokens can then be intercepted, so every plan warns. The default is false. Environment: `QUMULO_INSECURE`.",
    }),
    proxy: optional(string, {
      sensitive: true,
      description:
        'HTTP proxy through which the cluster is reached, such as `"http://proxy.example.com:3128"`, with `user:password@` before the host where the proxy asks for them. The default is that of `HTTPS_PROXY`, or else `ALL_PROXY`, unless `NO_PROXY` names the cluster; `"none"` goes to the cluster directly whatever those say. Environment: `QUMULO_PROXY`.',
    }),
    request_timeout: optional(string, {
      description:
        'How long one request may take, retries not included, as a duration such as `"30s"`. The default is `"30s"`. Environment: `QUMULO_REQUEST_TIMEOUT`.',
    }),
    max_retries: optional(number, {
      description:
        "How many times a request that is safe to repeat is retried when the cluster is busy or the connection is lost. The default is 4; 0 switches retries off. Environment: `QUMULO_MAX_RETRIES`.",
    }),
  },
} as const satisfies Schema;

/** The shape of the provider's configuration. */
export type ProviderSchema = typeof providerSchema;
