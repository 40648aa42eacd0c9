// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title A token that keeps a fee of each transfer, if it is told to
/// @notice Anybody can make units.
contract TestToken is ERC20 {
    uint256 private immutable _fee;

    constructor(uint256 fee) ERC20("Test", "TEST") {
        _fee = fee;
    }

    /// @notice New units for anybody.
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function _update(address from, address to, uint256 amount) internal override {
        super._update(from, to, amount);
        if (from != address(0) && to != address(0) && _fee > 0) {
            super._update(to, address(this), _fee);
        }
    }
}
