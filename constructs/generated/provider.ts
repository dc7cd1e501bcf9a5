// Written by "npm run generate:bindings" from the provider's schema. Do not edit.
// @ts-nocheck: CDKTF's generator does not write for the compiler flags that hold here.
import { Construct } from 'constructs';
import * as cdktf from 'cdktf';

// Configuration

export interface QumuloProviderConfig {
  /**
  * Bearer token of an access token, instead of a login. Environment: `QUMULO_BEARER_TOKEN`.
  */
  readonly bearerToken?: string | undefined;
  /**
  * Path of a PEM file with the certificate authorities to trust in addition to the system's. Environment: `QUMULO_CA_FILE`.
  */
  readonly caFile?: string | undefined;
  /**
  * Certificate authorities to trust in addition to the system's, as PEM text. Environment: `QUMULO_CA_PEM`.
  */
  readonly caPem?: string | undefined;
  /**
  * SHA-256 fingerprint of the cluster's certificate, in hexadecimal with or without colons, or the line that `openssl x509 -noout -fingerprint -sha256` prints. It takes the place of the check by authorities and host name: use it for a self-signed certificate. Environment: `QUMULO_CERTIFICATE_SHA256`.
  */
  readonly certificateSha256?: string | undefined;
  /**
  * Path of a credentials file as Qumulo's `qq` command line writes it, instead of a login. Without any credentials, the files that `qq login` writes for this host are tried. Environment: `QUMULO_CREDENTIALS_FILE`.
  */
  readonly credentialsFile?: string | undefined;
  /**
  * Host name or address of the cluster, without a scheme and without a port. Environment: `QUMULO_HOST`.
  */
  readonly host?: string | undefined;
  /**
  * Whether to talk to a cluster whose certificate nobody has checked. Passwords and bearer tokens can then be intercepted, so every plan warns. The default is false. Environment: `QUMULO_INSECURE`.
  */
  readonly insecure?: boolean | cdktf.IResolvable | undefined;
  /**
  * How many times a request that is safe to repeat is retried when the cluster is busy or the connection is lost. The default is 4; 0 switches retries off. Environment: `QUMULO_MAX_RETRIES`.
  */
  readonly maxRetries?: number | undefined;
  /**
  * Password of the user to log in as. Environment: `QUMULO_PASSWORD`.
  */
  readonly password?: string | undefined;
  /**
  * Port of the cluster's REST API. The default is 8000. Environment: `QUMULO_PORT`.
  */
  readonly port?: number | undefined;
  /**
  * HTTP proxy through which the cluster is reached, such as `"http://proxy.example.com:3128"`, with `user:password@` before the host where the proxy asks for them. The default is that of `HTTPS_PROXY`, or else `ALL_PROXY`, unless `NO_PROXY` names the cluster; `"none"` goes to the cluster directly whatever those say. Environment: `QUMULO_PROXY`.
  */
  readonly proxy?: string | undefined;
  /**
  * How long one request may take, retries not included, as a duration such as `"30s"`. The default is `"30s"`. Environment: `QUMULO_REQUEST_TIMEOUT`.
  */
  readonly requestTimeout?: string | undefined;
  /**
  * Name of the user to log in as, together with `password`. The session is renewed when it ends. Environment: `QUMULO_USERNAME`.
  */
  readonly username?: string | undefined;
  /**
  * Alias name
  */
  readonly alias?: string | undefined;
}

/**
* Represents a `qumulo`
*/
export class QumuloProvider extends cdktf.TerraformProvider {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "qumulo";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a QumuloProvider resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the QumuloProvider to import
  * @param importFromId The id of the existing QumuloProvider that should be imported. Refer to the `import section` in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the QumuloProvider to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "qumulo", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new `qumulo` Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options QumuloProviderConfig = {}
  */
  public constructor(scope: Construct, id: string, config: QumuloProviderConfig = {}) {
    super(scope, id, {
      terraformResourceType: 'qumulo',
      terraformGeneratorMetadata: {
        providerName: 'qumulo',
        providerVersionConstraint: '~> 0.1.0'
      },
      terraformProviderSource: 'cdktf-qumulo/qumulo'
    });
    this._bearerToken = config.bearerToken;
    this._caFile = config.caFile;
    this._caPem = config.caPem;
    this._certificateSha256 = config.certificateSha256;
    this._credentialsFile = config.credentialsFile;
    this._host = config.host;
    this._insecure = config.insecure;
    this._maxRetries = config.maxRetries;
    this._password = config.password;
    this._port = config.port;
    this._proxy = config.proxy;
    this._requestTimeout = config.requestTimeout;
    this._username = config.username;
    this._alias = config.alias;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // bearer_token - computed: false, optional: true, required: false
  private _bearerToken?: string; 
  public get bearerToken() {
    return this._bearerToken;
  }
  public set bearerToken(value: string | undefined) {
    this._bearerToken = value;
  }
  public resetBearerToken() {
    this._bearerToken = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get bearerTokenInput() {
    return this._bearerToken;
  }

  // ca_file - computed: false, optional: true, required: false
  private _caFile?: string; 
  public get caFile() {
    return this._caFile;
  }
  public set caFile(value: string | undefined) {
    this._caFile = value;
  }
  public resetCaFile() {
    this._caFile = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get caFileInput() {
    return this._caFile;
  }

  // ca_pem - computed: false, optional: true, required: false
  private _caPem?: string; 
  public get caPem() {
    return this._caPem;
  }
  public set caPem(value: string | undefined) {
    this._caPem = value;
  }
  public resetCaPem() {
    this._caPem = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get caPemInput() {
    return this._caPem;
  }

  // certificate_sha256 - computed: false, optional: true, required: false
  private _certificateSha256?: string; 
  public get certificateSha256() {
    return this._certificateSha256;
  }
  public set certificateSha256(value: string | undefined) {
    this._certificateSha256 = value;
  }
  public resetCertificateSha256() {
    this._certificateSha256 = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get certificateSha256Input() {
    return this._certificateSha256;
  }

  // credentials_file - computed: false, optional: true, required: false
  private _credentialsFile?: string; 
  public get credentialsFile() {
    return this._credentialsFile;
  }
  public set credentialsFile(value: string | undefined) {
    this._credentialsFile = value;
  }
  public resetCredentialsFile() {
    this._credentialsFile = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get credentialsFileInput() {
    return this._credentialsFile;
  }

  // host - computed: false, optional: true, required: false
  private _host?: string; 
  public get host() {
    return this._host;
  }
  public set host(value: string | undefined) {
    this._host = value;
  }
  public resetHost() {
    this._host = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get hostInput() {
    return this._host;
  }

  // insecure - computed: false, optional: true, required: false
  private _insecure?: boolean | cdktf.IResolvable; 
  public get insecure() {
    return this._insecure;
  }
  public set insecure(value: boolean | cdktf.IResolvable | undefined) {
    this._insecure = value;
  }
  public resetInsecure() {
    this._insecure = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get insecureInput() {
    return this._insecure;
  }

  // max_retries - computed: false, optional: true, required: false
  private _maxRetries?: number; 
  public get maxRetries() {
    return this._maxRetries;
  }
  public set maxRetries(value: number | undefined) {
    this._maxRetries = value;
  }
  public resetMaxRetries() {
    this._maxRetries = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get maxRetriesInput() {
    return this._maxRetries;
  }

  // password - computed: false, optional: true, required: false
  private _password?: string; 
  public get password() {
    return this._password;
  }
  public set password(value: string | undefined) {
    this._password = value;
  }
  public resetPassword() {
    this._password = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get passwordInput() {
    return this._password;
  }

  // port - computed: false, optional: true, required: false
  private _port?: number; 
  public get port() {
    return this._port;
  }
  public set port(value: number | undefined) {
    this._port = value;
  }
  public resetPort() {
    this._port = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get portInput() {
    return this._port;
  }

  // proxy - computed: false, optional: true, required: false
  private _proxy?: string; 
  public get proxy() {
    return this._proxy;
  }
  public set proxy(value: string | undefined) {
    this._proxy = value;
  }
  public resetProxy() {
    this._proxy = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get proxyInput() {
    return this._proxy;
  }

  // request_timeout - computed: false, optional: true, required: false
  private _requestTimeout?: string; 
  public get requestTimeout() {
    return this._requestTimeout;
  }
  public set requestTimeout(value: string | undefined) {
    this._requestTimeout = value;
  }
  public resetRequestTimeout() {
    this._requestTimeout = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get requestTimeoutInput() {
    return this._requestTimeout;
  }

  // username - computed: false, optional: true, required: false
  private _username?: string; 
  public get username() {
    return this._username;
  }
  public set username(value: string | undefined) {
    this._username = value;
  }
  public resetUsername() {
    this._username = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get usernameInput() {
    return this._username;
  }

  // alias - computed: false, optional: true, required: false
  private _alias?: string; 
  public get alias() {
    return this._alias;
  }
  public set alias(value: string | undefined) {
    this._alias = value;
  }
  public resetAlias() {
    this._alias = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get aliasInput() {
    return this._alias;
  }

  // =========
  // SYNTHESIS
  // =========

  protected synthesizeAttributes(): { [name: string]: any } {
    return {
      bearer_token: cdktf.stringToTerraform(this._bearerToken),
      ca_file: cdktf.stringToTerraform(this._caFile),
      ca_pem: cdktf.stringToTerraform(this._caPem),
      certificate_sha256: cdktf.stringToTerraform(this._certificateSha256),
      credentials_file: cdktf.stringToTerraform(this._credentialsFile),
      host: cdktf.stringToTerraform(this._host),
      insecure: cdktf.booleanToTerraform(this._insecure),
      max_retries: cdktf.numberToTerraform(this._maxRetries),
      password: cdktf.stringToTerraform(this._password),
      port: cdktf.numberToTerraform(this._port),
      proxy: cdktf.stringToTerraform(this._proxy),
      request_timeout: cdktf.stringToTerraform(this._requestTimeout),
      username: cdktf.stringToTerraform(this._username),
      alias: cdktf.stringToTerraform(this._alias),
    };
  }

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      bearer_token: {
        value: cdktf.stringToHclTerraform(this._bearerToken),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      ca_file: {
        value: cdktf.stringToHclTerraform(this._caFile),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      ca_pem: {
        value: cdktf.stringToHclTerraform(this._caPem),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      certificate_sha256: {
        value: cdktf.stringToHclTerraform(this._certificateSha256),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      credentials_file: {
        value: cdktf.stringToHclTerraform(this._credentialsFile),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      host: {
        value: cdktf.stringToHclTerraform(this._host),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      insecure: {
        value: cdktf.booleanToHclTerraform(this._insecure),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      max_retries: {
        value: cdktf.numberToHclTerraform(this._maxRetries),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      password: {
        value: cdktf.stringToHclTerraform(this._password),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      port: {
        value: cdktf.numberToHclTerraform(this._port),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      proxy: {
        value: cdktf.stringToHclTerraform(this._proxy),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      request_timeout: {
        value: cdktf.stringToHclTerraform(this._requestTimeout),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      username: {
        value: cdktf.stringToHclTerraform(this._username),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      alias: {
        value: cdktf.stringToHclTerraform(this._alias),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
