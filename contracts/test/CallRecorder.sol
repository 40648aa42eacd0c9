// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Counts the calls that it gets, or refuses them; calls back once if told to
/// @notice For tests of contracts that call others.
contract CallRecorder {
    error Refused();

    uint256 private _calls;
    uint256 private _received;
    bool private _refusing;
    address private _target;
    bytes private _data;

    /// @notice Counts a call and the ether with it.
    function record() external payable {
        require(!_refusing, Refused());
        ++_calls;
        _received += msg.value;
        _callBack();
    }

    /// @notice Takes ether, unless it refuses.
    receive() external payable {
        require(!_refusing, Refused());
        _received += msg.value;
        _callBack();
    }

    /// @notice Makes later calls fail, or not.
    function refuse(bool refusing) external {
        _refusing = refusing;
    }

    /// @notice During the next call, calls a contract and passes its failure on.
    function callBack(address target, bytes calldata data) external {
        _target = target;
        _data = data;
    }

    /// @notice Calls counted and ether received.
    function seen() external view returns (uint256 calls, uint256 received) {
        return (_calls, _received);
    }

    function _callBack() private {
        address target = _target;
        if (target != address(0)) {
            _target = address(0);
            (bool success, bytes memory answer) = target.call(_data);
            if (!success) {
                // Memory-safe: reads `answer` only.
                assembly ("memory-safe") {
                    revert(add(answer, 0x20), mload(answer))
                }
            }
        }
    }
}
