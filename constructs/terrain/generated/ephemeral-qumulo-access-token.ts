// Written by "npm run generate:bindings" from the provider's schema. Do not edit.
// @ts-nocheck: CDKTF's generator does not write for the compiler flags that hold here.
import { Construct } from 'constructs';
import * as cdktn from 'cdktn';

// Configuration

export interface EphemeralQumuloAccessTokenConfig extends cdktn.TerraformEphemeralMetaArguments {
  /**
  * Whether the user may be an administrator, or hold privileges that let their holder gain more, such as `PRIVILEGE_ROLE_WRITE`: by a role, directly or through groups. The default is false: a plan that creates, extends or enables a token for such a user is refused, since whoever gets hold of the token controls the cluster.
  */
  readonly allowAdministrator?: boolean | cdktn.IResolvable | undefined;
  /**
  * How long the token lives when nothing extends or deletes it, as a duration from `"1m"` to `"24h"`. The default is `"15m"`. Long runs need no more than that: the token is extended before it ends.
  */
  readonly expiresIn?: string | undefined;
  /**
  * The user whom the token authenticates, as Qumulo's `qq` command line takes it: `local:svc`, `ad:svc`, `auth_id:1004`, `uid:5001`, a SID, or a bare name. Groups are refused.
  */
  readonly user: string;
}

/**
* Represents a `qumulo_access_token`
*/
export class EphemeralQumuloAccessToken extends cdktn.TerraformEphemeralResource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "qumulo_access_token";

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new `qumulo_access_token` Ephemeral Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options EphemeralQumuloAccessTokenConfig
  */
  public constructor(scope: Construct, id: string, config: EphemeralQumuloAccessTokenConfig) {
    super(scope, id, {
      terraformResourceType: 'qumulo_access_token',
      terraformGeneratorMetadata: {
        providerName: 'qumulo',
        providerVersionConstraint: '~> 0.1.0'
      },
      provider: config.provider,
      dependsOn: config.dependsOn,
      count: config.count,
      lifecycle: config.lifecycle,
      forEach: config.forEach
    });
    this._allowAdministrator = config.allowAdministrator;
    this._expiresIn = config.expiresIn;
    this._user = config.user;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // allow_administrator - computed: true, optional: true, required: false
  private _allowAdministrator?: boolean | cdktn.IResolvable; 
  public get allowAdministrator() {
    return this.getBooleanAttribute('allow_administrator');
  }
  public set allowAdministrator(value: boolean | cdktn.IResolvable) {
    this._allowAdministrator = value;
  }
  public resetAllowAdministrator() {
    this._allowAdministrator = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get allowAdministratorInput() {
    return this._allowAdministrator;
  }

  // bearer_token - computed: true, optional: false, required: false
  public get bearerToken() {
    return this.getStringAttribute('bearer_token');
  }

  // expiration_time - computed: true, optional: false, required: false
  public get expirationTime() {
    return this.getStringAttribute('expiration_time');
  }

  // expires_in - computed: true, optional: true, required: false
  private _expiresIn?: string; 
  public get expiresIn() {
    return this.getStringAttribute('expires_in');
  }
  public set expiresIn(value: string) {
    this._expiresIn = value;
  }
  public resetExpiresIn() {
    this._expiresIn = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get expiresInInput() {
    return this._expiresIn;
  }

  // id - computed: true, optional: false, required: false
  public get id() {
    return this.getStringAttribute('id');
  }

  // user - computed: false, optional: false, required: true
  private _user?: string; 
  public get user() {
    return this.getStringAttribute('user');
  }
  public set user(value: string) {
    this._user = value;
  }
  // Temporarily expose input value. Use with caution.
  public get userInput() {
    return this._user;
  }

  // =========
  // SYNTHESIS
  // =========

  protected synthesizeAttributes(): { [name: string]: any } {
    return {
      allow_administrator: cdktn.booleanToTerraform(this._allowAdministrator),
      expires_in: cdktn.stringToTerraform(this._expiresIn),
      user: cdktn.stringToTerraform(this._user),
    };
  }

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      allow_administrator: {
        value: cdktn.booleanToHclTerraform(this._allowAdministrator),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      expires_in: {
        value: cdktn.stringToHclTerraform(this._expiresIn),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      user: {
        value: cdktn.stringToHclTerraform(this._user),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
