import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodePanels,
  vsCodePanelTab,
  vsCodePanelView,
} from "@vscode/webview-ui-toolkit/dist/toolkit.min.js";

/**
 * Defines the elements of the toolkit that are used here. The only file that knows the toolkit:
 * it is final and unmaintained, so replacing it must stay a small job. Has to run before the
 * window's `load` event, or its theme is never applied.
 */
export function defineToolkit(): void {
  provideVSCodeDesignSystem().register(
    vsCodeButton(),
    vsCodePanels(),
    vsCodePanelTab(),
    vsCodePanelView(),
  );
}
