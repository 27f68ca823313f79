export default (config) => {
  // The built page of ntk-playground, copied beside the posts.
  config.addPassthroughCopy({ [process.env.NTK_PLAYGROUND]: "ntk-playground" });
};
