// Written by "npm run generate:bindings" from the provider's schema. Do not edit.
// @ts-nocheck: CDKTF's generator does not write for the compiler flags that hold here.
import { Construct } from 'constructs';
import * as cdktf from 'cdktf';

// Configuration

export interface RoleMemberConfig extends cdktf.TerraformMetaArguments {
  /**
  * Whether a change may lock out the very account that the provider is signed in as: take its right to manage roles or access tokens, or delete or disable the user or access token that it signs in with. The default is false: such a plan is refused, since that account could not undo it. To delete the resource in question, set this to true and apply first.
  */
  readonly allowLockOut?: boolean | cdktf.IResolvable | undefined;
  /**
  * The id of the identity; for a local user this is the id of the user. It names exactly one identity.
  */
  readonly authId?: string | undefined;
  /**
  * Where the identity comes from: `LOCAL`, `ACTIVE_DIRECTORY`, `POSIX_USER`, `POSIX_GROUP` or `WORLD`. It does not name an identity by itself.
  */
  readonly domain?: string | undefined;
  /**
  * The POSIX group id of the identity, a number as text.
  */
  readonly gid?: string | undefined;
  /**
  * The name of the identity. Give `domain` as well, or a name may mean different identities.
  */
  readonly name?: string | undefined;
  /**
  * The name of the role. Built-in roles such as `Observers` are allowed.
  */
  readonly roleName: string;
  /**
  * The Windows security identifier of the identity.
  */
  readonly sid?: string | undefined;
  /**
  * The POSIX user id of the identity, a number as text.
  */
  readonly uid?: string | undefined;
  /**
  * timeouts block
  */
  readonly timeouts?: RoleMemberTimeouts | undefined;
}
export interface RoleMemberTimeouts {
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

export function roleMemberTimeoutsToTerraform(struct?: RoleMemberTimeouts | cdktf.IResolvable): any {
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


export function roleMemberTimeoutsToHclTerraform(struct?: RoleMemberTimeouts | cdktf.IResolvable): any {
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

export class RoleMemberTimeoutsOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): RoleMemberTimeouts | cdktf.IResolvable | undefined {
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

  public set internalValue(value: RoleMemberTimeouts | cdktf.IResolvable | undefined) {
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
* Represents a `qumulo_role_member`
*/
export class RoleMember extends cdktf.TerraformResource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "qumulo_role_member";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a RoleMember resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the RoleMember to import
  * @param importFromId The id of the existing RoleMember that should be imported. Refer to the `import section` in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the RoleMember to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "qumulo_role_member", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new `qumulo_role_member` Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options RoleMemberConfig
  */
  public constructor(scope: Construct, id: string, config: RoleMemberConfig) {
    super(scope, id, {
      terraformResourceType: 'qumulo_role_member',
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
    this._allowLockOut = config.allowLockOut;
    this._authId = config.authId;
    this._domain = config.domain;
    this._gid = config.gid;
    this._name = config.name;
    this._roleName = config.roleName;
    this._sid = config.sid;
    this._uid = config.uid;
    this._timeouts.internalValue = config.timeouts;
  }

  // ==========
  // ATTRIBUTES
  // ==========

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

  // auth_id - computed: true, optional: true, required: false
  private _authId?: string; 
  public get authId() {
    return this.getStringAttribute('auth_id');
  }
  public set authId(value: string) {
    this._authId = value;
  }
  public resetAuthId() {
    this._authId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get authIdInput() {
    return this._authId;
  }

  // domain - computed: true, optional: true, required: false
  private _domain?: string; 
  public get domain() {
    return this.getStringAttribute('domain');
  }
  public set domain(value: string) {
    this._domain = value;
  }
  public resetDomain() {
    this._domain = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get domainInput() {
    return this._domain;
  }

  // gid - computed: true, optional: true, required: false
  private _gid?: string; 
  public get gid() {
    return this.getStringAttribute('gid');
  }
  public set gid(value: string) {
    this._gid = value;
  }
  public resetGid() {
    this._gid = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get gidInput() {
    return this._gid;
  }

  // id - computed: true, optional: false, required: false
  public get id() {
    return this.getStringAttribute('id');
  }

  // name - computed: true, optional: true, required: false
  private _name?: string; 
  public get name() {
    return this.getStringAttribute('name');
  }
  public set name(value: string) {
    this._name = value;
  }
  public resetName() {
    this._name = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get nameInput() {
    return this._name;
  }

  // role_name - computed: false, optional: false, required: true
  private _roleName?: string; 
  public get roleName() {
    return this.getStringAttribute('role_name');
  }
  public set roleName(value: string) {
    this._roleName = value;
  }
  // Temporarily expose input value. Use with caution.
  public get roleNameInput() {
    return this._roleName;
  }

  // sid - computed: true, optional: true, required: false
  private _sid?: string; 
  public get sid() {
    return this.getStringAttribute('sid');
  }
  public set sid(value: string) {
    this._sid = value;
  }
  public resetSid() {
    this._sid = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get sidInput() {
    return this._sid;
  }

  // uid - computed: true, optional: true, required: false
  private _uid?: string; 
  public get uid() {
    return this.getStringAttribute('uid');
  }
  public set uid(value: string) {
    this._uid = value;
  }
  public resetUid() {
    this._uid = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get uidInput() {
    return this._uid;
  }

  // timeouts - computed: false, optional: true, required: false
  private _timeouts = new RoleMemberTimeoutsOutputReference(this, "timeouts");
  public get timeouts() {
    return this._timeouts;
  }
  public putTimeouts(value: RoleMemberTimeouts) {
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
      allow_lock_out: cdktf.booleanToTerraform(this._allowLockOut),
      auth_id: cdktf.stringToTerraform(this._authId),
      domain: cdktf.stringToTerraform(this._domain),
      gid: cdktf.stringToTerraform(this._gid),
      name: cdktf.stringToTerraform(this._name),
      role_name: cdktf.stringToTerraform(this._roleName),
      sid: cdktf.stringToTerraform(this._sid),
      uid: cdktf.stringToTerraform(this._uid),
      timeouts: roleMemberTimeoutsToTerraform(this._timeouts.internalValue),
    };
  }

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      allow_lock_out: {
        value: cdktf.booleanToHclTerraform(this._allowLockOut),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      auth_id: {
        value: cdktf.stringToHclTerraform(this._authId),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      domain: {
        value: cdktf.stringToHclTerraform(this._domain),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      gid: {
        value: cdktf.stringToHclTerraform(this._gid),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      name: {
        value: cdktf.stringToHclTerraform(this._name),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      role_name: {
        value: cdktf.stringToHclTerraform(this._roleName),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      sid: {
        value: cdktf.stringToHclTerraform(this._sid),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      uid: {
        value: cdktf.stringToHclTerraform(this._uid),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      timeouts: {
        value: roleMemberTimeoutsToHclTerraform(this._timeouts.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "RoleMemberTimeouts",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
