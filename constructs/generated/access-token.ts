// Written by "npm run generate:bindings" from the provider's schema. Do not edit.
// @ts-nocheck: CDKTF's generator does not write for the compiler flags that hold here.
import { Construct } from 'constructs';
import * as cdktf from 'cdktf';

// Configuration

export interface AccessTokenConfig extends cdktf.TerraformMetaArguments {
  /**
  * Whether the user may be an administrator, or hold privileges that let their holder gain more, such as `PRIVILEGE_ROLE_WRITE`: by a role, directly or through groups. The default is false: a plan that creates, extends or enables a token for such a user is refused, since whoever gets hold of the token controls the cluster.
  */
  readonly allowAdministrator?: boolean | cdktf.IResolvable | undefined;
  /**
  * Whether a change may lock out the very account that the provider is signed in as: take its right to manage roles or access tokens, or delete or disable the user or access token that it signs in with. The default is false: such a plan is refused, since that account could not undo it. To delete the resource in question, set this to true and apply first.
  */
  readonly allowLockOut?: boolean | cdktf.IResolvable | undefined;
  /**
  * Whether the cluster accepts the token, and the one before it. The default is true. A change takes effect in place. Disabling needs Qumulo Core 5.3.3.
  */
  readonly enabled?: boolean | cdktf.IResolvable | undefined;
  /**
  * The recipients to encrypt the bearer token to, instead of keeping it in state in clear text: an age public key (`age1…`, or the post-quantum `age1pq1…`), or several, one per line, as in an age recipients file, so that `file("recipients.txt")` works. The secret key of any one of them decrypts `encrypted_bearer_token`. Adding, changing or removing recipients is a rotation where state holds a bearer token; another order, comments and white space change nothing.
  */
  readonly encryptTo?: string | undefined;
  /**
  * When the cluster stops accepting the token: an RFC 3339 time with an offset. Without it and without `expires_in` the token never expires. A later or earlier time changes the token in place; removing the time is a rotation, since the cluster cannot clear it. Needs Qumulo Core 5.3.2.
  */
  readonly expirationTime?: string | undefined;
  /**
  * How long each token of the series lives, counted from its creation, minus up to a millisecond, by which this token is told from others: a duration such as `"90d"`, instead of `expiration_time`. A change moves the end of the token in place. A plan after the end rotates the token. Needs Qumulo Core 5.3.2.
  */
  readonly expiresIn?: string | undefined;
  /**
  * How long the old token keeps working after a rotation: a duration, `"24h"` unless set; `"0s"` deletes it at once. Never longer than the old token would have worked anyway. The cluster itself ends it; a later plan deletes it. A change takes effect at the next rotation.
  */
  readonly overlap?: string | undefined;
  /**
  * How long before its end the token is rotated: a duration such as `"14d"`, shorter than `expires_in`, which must be set as well. The first plan within that time rotates the token, so plan more often than that.
  */
  readonly rotateBeforeExpiry?: string | undefined;
  /**
  * Any values; a change of one of them rotates the token. Adding or removing the whole map alone does not.
  */
  readonly rotateWhenChanged?: { [key: string]: string } | undefined;
  /**
  * The user whom the token authenticates, as Qumulo's `qq` command line takes it: `local:svc`, `ad:svc`, `ldap_user:svc`, `auth_id:1004`, `uid:5001`, a SID, or a bare name. Groups are refused. A name is looked up at each refresh: when it means another account, the next apply makes a new token for that account as a rotation, in whose overlap the old one goes on working. Another spelling of the same account changes nothing.
  */
  readonly user: string;
  /**
  * timeouts block
  */
  readonly timeouts?: AccessTokenTimeouts | undefined;
}
export interface AccessTokenCreator {
}

export function accessTokenCreatorToTerraform(struct?: AccessTokenCreator): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
  }
}


export function accessTokenCreatorToHclTerraform(struct?: AccessTokenCreator): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
  };
  return attrs;
}

export class AccessTokenCreatorOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): AccessTokenCreator | undefined {
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: AccessTokenCreator | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
    }
  }

  // auth_id - computed: true, optional: false, required: false
  public get authId() {
    return this.getStringAttribute('auth_id');
  }

  // domain - computed: true, optional: false, required: false
  public get domain() {
    return this.getStringAttribute('domain');
  }

  // gid - computed: true, optional: false, required: false
  public get gid() {
    return this.getStringAttribute('gid');
  }

  // name - computed: true, optional: false, required: false
  public get name() {
    return this.getStringAttribute('name');
  }

  // sid - computed: true, optional: false, required: false
  public get sid() {
    return this.getStringAttribute('sid');
  }

  // uid - computed: true, optional: false, required: false
  public get uid() {
    return this.getStringAttribute('uid');
  }
}
export interface AccessTokenIdentity {
}

export function accessTokenIdentityToTerraform(struct?: AccessTokenIdentity): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
  }
}


export function accessTokenIdentityToHclTerraform(struct?: AccessTokenIdentity): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
  };
  return attrs;
}

export class AccessTokenIdentityOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): AccessTokenIdentity | undefined {
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: AccessTokenIdentity | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
    }
  }

  // auth_id - computed: true, optional: false, required: false
  public get authId() {
    return this.getStringAttribute('auth_id');
  }

  // domain - computed: true, optional: false, required: false
  public get domain() {
    return this.getStringAttribute('domain');
  }

  // gid - computed: true, optional: false, required: false
  public get gid() {
    return this.getStringAttribute('gid');
  }

  // name - computed: true, optional: false, required: false
  public get name() {
    return this.getStringAttribute('name');
  }

  // sid - computed: true, optional: false, required: false
  public get sid() {
    return this.getStringAttribute('sid');
  }

  // uid - computed: true, optional: false, required: false
  public get uid() {
    return this.getStringAttribute('uid');
  }
}
export interface AccessTokenPreviousToken {
}

export function accessTokenPreviousTokenToTerraform(struct?: AccessTokenPreviousToken): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
  }
}


export function accessTokenPreviousTokenToHclTerraform(struct?: AccessTokenPreviousToken): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
  };
  return attrs;
}

export class AccessTokenPreviousTokenOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): AccessTokenPreviousToken | undefined {
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: AccessTokenPreviousToken | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
    }
  }

  // expiration_time - computed: true, optional: false, required: false
  public get expirationTime() {
    return this.getStringAttribute('expiration_time');
  }

  // id - computed: true, optional: false, required: false
  public get id() {
    return this.getStringAttribute('id');
  }
}
export interface AccessTokenTimeouts {
  /**
  * How long creating the object may take, retries included, as a duration such as `"10m"`. The default is `"5m"`.
  */
  readonly create?: string | undefined;
  /**
  * How long deleting the object may take, retries included, as a duration such as `"10m"`. The default is `"5m"`.
  */
  readonly delete?: string | undefined;
  /**
  * How long reading the object may take, retries included, as a duration such as `"10m"`. The default is `"5m"`.
  */
  readonly read?: string | undefined;
  /**
  * How long changing the object may take, retries included, as a duration such as `"10m"`. The default is `"5m"`.
  */
  readonly update?: string | undefined;
}

export function accessTokenTimeoutsToTerraform(struct?: AccessTokenTimeouts | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    create: cdktf.stringToTerraform(struct!.create),
    delete: cdktf.stringToTerraform(struct!.delete),
    read: cdktf.stringToTerraform(struct!.read),
    update: cdktf.stringToTerraform(struct!.update),
  }
}


export function accessTokenTimeoutsToHclTerraform(struct?: AccessTokenTimeouts | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    create: {
      value: cdktf.stringToHclTerraform(struct!.create),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    delete: {
      value: cdktf.stringToHclTerraform(struct!.delete),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    read: {
      value: cdktf.stringToHclTerraform(struct!.read),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    update: {
      value: cdktf.stringToHclTerraform(struct!.update),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class AccessTokenTimeoutsOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): AccessTokenTimeouts | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._create !== undefined) {
      hasAnyValues = true;
      internalValueResult.create = this._create;
    }
    if (this._delete !== undefined) {
      hasAnyValues = true;
      internalValueResult.delete = this._delete;
    }
    if (this._read !== undefined) {
      hasAnyValues = true;
      internalValueResult.read = this._read;
    }
    if (this._update !== undefined) {
      hasAnyValues = true;
      internalValueResult.update = this._update;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: AccessTokenTimeouts | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._create = undefined;
      this._delete = undefined;
      this._read = undefined;
      this._update = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._create = value.create;
      this._delete = value.delete;
      this._read = value.read;
      this._update = value.update;
    }
  }

  // create - computed: false, optional: true, required: false
  private _create?: string; 
  public get create() {
    return this.getStringAttribute('create');
  }
  public set create(value: string) {
    this._create = value;
  }
  public resetCreate() {
    this._create = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get createInput() {
    return this._create;
  }

  // delete - computed: false, optional: true, required: false
  private _delete?: string; 
  public get delete() {
    return this.getStringAttribute('delete');
  }
  public set delete(value: string) {
    this._delete = value;
  }
  public resetDelete() {
    this._delete = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get deleteInput() {
    return this._delete;
  }

  // read - computed: false, optional: true, required: false
  private _read?: string; 
  public get read() {
    return this.getStringAttribute('read');
  }
  public set read(value: string) {
    this._read = value;
  }
  public resetRead() {
    this._read = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get readInput() {
    return this._read;
  }

  // update - computed: false, optional: true, required: false
  private _update?: string; 
  public get update() {
    return this.getStringAttribute('update');
  }
  public set update(value: string) {
    this._update = value;
  }
  public resetUpdate() {
    this._update = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get updateInput() {
    return this._update;
  }
}

/**
* Represents a `qumulo_access_token`
*/
export class AccessToken extends cdktf.TerraformResource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "qumulo_access_token";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a AccessToken resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the AccessToken to import
  * @param importFromId The id of the existing AccessToken that should be imported. Refer to the `import section` in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the AccessToken to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "qumulo_access_token", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new `qumulo_access_token` Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options AccessTokenConfig
  */
  public constructor(scope: Construct, id: string, config: AccessTokenConfig) {
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
      provisioners: config.provisioners,
      connection: config.connection,
      forEach: config.forEach
    });
    this._allowAdministrator = config.allowAdministrator;
    this._allowLockOut = config.allowLockOut;
    this._enabled = config.enabled;
    this._encryptTo = config.encryptTo;
    this._expirationTime = config.expirationTime;
    this._expiresIn = config.expiresIn;
    this._overlap = config.overlap;
    this._rotateBeforeExpiry = config.rotateBeforeExpiry;
    this._rotateWhenChanged = config.rotateWhenChanged;
    this._user = config.user;
    this._timeouts.internalValue = config.timeouts;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // allow_administrator - computed: true, optional: true, required: false
  private _allowAdministrator?: boolean | cdktf.IResolvable; 
  public get allowAdministrator() {
    return this.getBooleanAttribute('allow_administrator');
  }
  public set allowAdministrator(value: boolean | cdktf.IResolvable) {
    this._allowAdministrator = value;
  }
  public resetAllowAdministrator() {
    this._allowAdministrator = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get allowAdministratorInput() {
    return this._allowAdministrator;
  }

  // allow_lock_out - computed: true, optional: true, required: false
  private _allowLockOut?: boolean | cdktf.IResolvable; 
  public get allowLockOut() {
    return this.getBooleanAttribute('allow_lock_out');
  }
  public set allowLockOut(value: boolean | cdktf.IResolvable) {
    this._allowLockOut = value;
  }
  public resetAllowLockOut() {
    this._allowLockOut = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get allowLockOutInput() {
    return this._allowLockOut;
  }

  // bearer_token - computed: true, optional: false, required: false
  public get bearerToken() {
    return this.getStringAttribute('bearer_token');
  }

  // creation_time - computed: true, optional: false, required: false
  public get creationTime() {
    return this.getStringAttribute('creation_time');
  }

  // creator - computed: true, optional: false, required: false
  private _creator = new AccessTokenCreatorOutputReference(this, "creator");
  public get creator() {
    return this._creator;
  }

  // enabled - computed: true, optional: true, required: false
  private _enabled?: boolean | cdktf.IResolvable; 
  public get enabled() {
    return this.getBooleanAttribute('enabled');
  }
  public set enabled(value: boolean | cdktf.IResolvable) {
    this._enabled = value;
  }
  public resetEnabled() {
    this._enabled = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get enabledInput() {
    return this._enabled;
  }

  // encrypt_to - computed: false, optional: true, required: false
  private _encryptTo?: string; 
  public get encryptTo() {
    return this.getStringAttribute('encrypt_to');
  }
  public set encryptTo(value: string) {
    this._encryptTo = value;
  }
  public resetEncryptTo() {
    this._encryptTo = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get encryptToInput() {
    return this._encryptTo;
  }

  // encrypted_bearer_token - computed: true, optional: false, required: false
  public get encryptedBearerToken() {
    return this.getStringAttribute('encrypted_bearer_token');
  }

  // expiration_time - computed: true, optional: true, required: false
  private _expirationTime?: string; 
  public get expirationTime() {
    return this.getStringAttribute('expiration_time');
  }
  public set expirationTime(value: string) {
    this._expirationTime = value;
  }
  public resetExpirationTime() {
    this._expirationTime = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get expirationTimeInput() {
    return this._expirationTime;
  }

  // expired - computed: true, optional: false, required: false
  public get expired() {
    return this.getBooleanAttribute('expired');
  }

  // expires_in - computed: false, optional: true, required: false
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

  // identity - computed: true, optional: false, required: false
  private _identity = new AccessTokenIdentityOutputReference(this, "identity");
  public get identity() {
    return this._identity;
  }

  // overlap - computed: true, optional: true, required: false
  private _overlap?: string; 
  public get overlap() {
    return this.getStringAttribute('overlap');
  }
  public set overlap(value: string) {
    this._overlap = value;
  }
  public resetOverlap() {
    this._overlap = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get overlapInput() {
    return this._overlap;
  }

  // previous_token - computed: true, optional: false, required: false
  private _previousToken = new AccessTokenPreviousTokenOutputReference(this, "previous_token");
  public get previousToken() {
    return this._previousToken;
  }

  // rotate_before_expiry - computed: false, optional: true, required: false
  private _rotateBeforeExpiry?: string; 
  public get rotateBeforeExpiry() {
    return this.getStringAttribute('rotate_before_expiry');
  }
  public set rotateBeforeExpiry(value: string) {
    this._rotateBeforeExpiry = value;
  }
  public resetRotateBeforeExpiry() {
    this._rotateBeforeExpiry = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get rotateBeforeExpiryInput() {
    return this._rotateBeforeExpiry;
  }

  // rotate_when_changed - computed: false, optional: true, required: false
  private _rotateWhenChanged?: { [key: string]: string }; 
  public get rotateWhenChanged() {
    return this.getStringMapAttribute('rotate_when_changed');
  }
  public set rotateWhenChanged(value: { [key: string]: string }) {
    this._rotateWhenChanged = value;
  }
  public resetRotateWhenChanged() {
    this._rotateWhenChanged = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get rotateWhenChangedInput() {
    return this._rotateWhenChanged;
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

  // timeouts - computed: false, optional: true, required: false
  private _timeouts = new AccessTokenTimeoutsOutputReference(this, "timeouts");
  public get timeouts() {
    return this._timeouts;
  }
  public putTimeouts(value: AccessTokenTimeouts) {
    this._timeouts.internalValue = value;
  }
  public resetTimeouts() {
    this._timeouts.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get timeoutsInput() {
    return this._timeouts.internalValue;
  }

  // =========
  // SYNTHESIS
  // =========

  protected synthesizeAttributes(): { [name: string]: any } {
    return {
      allow_administrator: cdktf.booleanToTerraform(this._allowAdministrator),
      allow_lock_out: cdktf.booleanToTerraform(this._allowLockOut),
      enabled: cdktf.booleanToTerraform(this._enabled),
      encrypt_to: cdktf.stringToTerraform(this._encryptTo),
      expiration_time: cdktf.stringToTerraform(this._expirationTime),
      expires_in: cdktf.stringToTerraform(this._expiresIn),
      overlap: cdktf.stringToTerraform(this._overlap),
      rotate_before_expiry: cdktf.stringToTerraform(this._rotateBeforeExpiry),
      rotate_when_changed: cdktf.hashMapper(cdktf.stringToTerraform)(this._rotateWhenChanged),
      user: cdktf.stringToTerraform(this._user),
      timeouts: accessTokenTimeoutsToTerraform(this._timeouts.internalValue),
    };
  }

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      allow_administrator: {
        value: cdktf.booleanToHclTerraform(this._allowAdministrator),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      allow_lock_out: {
        value: cdktf.booleanToHclTerraform(this._allowLockOut),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      enabled: {
        value: cdktf.booleanToHclTerraform(this._enabled),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      encrypt_to: {
        value: cdktf.stringToHclTerraform(this._encryptTo),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      expiration_time: {
        value: cdktf.stringToHclTerraform(this._expirationTime),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      expires_in: {
        value: cdktf.stringToHclTerraform(this._expiresIn),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      overlap: {
        value: cdktf.stringToHclTerraform(this._overlap),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      rotate_before_expiry: {
        value: cdktf.stringToHclTerraform(this._rotateBeforeExpiry),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      rotate_when_changed: {
        value: cdktf.hashMapperHcl(cdktf.stringToHclTerraform)(this._rotateWhenChanged),
        isBlock: false,
        type: "map",
        storageClassType: "stringMap",
      },
      user: {
        value: cdktf.stringToHclTerraform(this._user),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      timeouts: {
        value: accessTokenTimeoutsToHclTerraform(this._timeouts.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "AccessTokenTimeouts",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
