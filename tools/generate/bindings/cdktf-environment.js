// Imported before CDKTF's packages, which read it while they load: without it they report their use to their makers.
process.env.CHECKPOINT_DISABLE = "1";
