import "./inspector";
import { defineToolkit } from "./toolkit";

defineToolkit();
