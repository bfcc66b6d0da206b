export { filesThroughVSCode as folderFiles } from "./folderFiles";
